import { text } from "node:stream/consumers";
import { ESLint } from "eslint";

/** Reads `[{ file, text }]` from stdin and prints, for each, the ids of the rules about imports that the text breaks. */
const eslint = new ESLint({ overrideConfig: { rules: { "import-x/no-unresolved": "error", "import-x/no-cycle": "off" } } });
const planted = JSON.parse(await text(process.stdin));
const messages = [];
for (const { file, text: source } of planted) {
  const [result] = await eslint.lintText(source, { filePath: file });
  messages.push(result.messages.map(({ ruleId }) => ruleId).filter((id) => /import/.test(id)));
}
process.stdout.write(JSON.stringify(messages));
