import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { nearest } from "../../contract/rules/nearest";
import type { Command, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseArguments } from "../flags";
import { ownPackage, type OwnPackage } from "../init/own-package";
import { checkEmpty, projectName, writeProject } from "../init/project-folder";
import { type Choice, renderProject } from "../init/render-project";
import { readTemplates, type Templates } from "../init/templates";

const FLAGS = { template: "value", language: "value", cdk: "value", package: "value" } as const;

/** `imagetask init` */
export const createInitCommand = (): Command => initCommandOf(readTemplates(), ownPackage(join(__dirname, "../../..")));

/** The same with other templates. */
export function initCommandOf(templates: Templates, own: OwnPackage): Command {
  return { help: helpOf(templates, cdkOf(own)), run: async (args) => run(args, templates, own) };
}

function helpOf({ templates, languages, cdks }: Templates, ownCdk: string): string {
  return `Usage: imagetask init DIR [flags]

Writes a project into DIR, which has to be new or empty: a stack, guard rails, unit tests, pipelines for GitHub and GitLab, a README.
It works as it is, on the emulator, with no account.

Flags:
  --template NAME    ${either(templates)} (default ${templates[0]})
  --language NAME    ${either(languages)} (default ${languages[0]})
  --cdk NAME         ${either(Object.keys(cdks))} (default ${ownCdk})
  --package FILE     a packed package (.tgz, for Python .whl) in place of the published one; it is copied into DIR/vendor.
                     Where npm installed this command from such a file, that one is taken by itself
  --help             show this text

Exit codes: 0 done; 1 error; 2 not understood, nothing was written.`;
}

function run(args: readonly string[], templates: Templates, own: OwnPackage): CommandResult {
  const { values: flags, rest } = parseArguments(args, FLAGS);
  const [dir, extra] = rest;
  if (dir === undefined || dir === "") throw new UsageError("Name the folder to write the project into: imagetask init DIR.");
  if (extra !== undefined) throw new UsageError(`Unexpected argument "${extra}". One folder is written at a time, ${dir}.`);
  const choice: Choice = {
    template: pick("template", flags.template, templates.templates),
    language: pick("language", flags.language, templates.languages),
    cdk: pick("cdk", flags.cdk ?? cdkOf(own), Object.keys(templates.cdks)),
  };
  const file = flags.package === undefined ? ownFileFor(choice, own) : fileFor(choice, flags.package);
  checkEmpty(dir);
  const vendored = file === undefined ? undefined : basename(file);
  writeProject(dir, renderProject(templates, choice, { name: projectName(dir), projectId: randomUUID(), vendored }), file);
  return { exitCode: 0, text: told(dir, choice, vendored) };
}

function pick(flag: string, given: string | undefined, allowed: readonly string[]): string {
  if (given === undefined) return allowed[0]!;
  if (allowed.includes(given)) return given;
  const near = nearest(given, allowed);
  throw new UsageError(`--${flag} is "${given}". Allowed: ${allowed.join(", ")}.${near === null ? "" : ` Did you mean ${near}?`}`);
}

/** Only a package of the same CDK will do, and only in npm's form. */
function ownFileFor({ language, cdk }: Choice, own: OwnPackage): string | undefined {
  return language === "typescript" && cdk === cdkOf(own) ? own.file : undefined;
}

function fileFor({ language, cdk }: Choice, given: string): string {
  const [form, separator, ending] = language === "python" ? ["a wheel", "_", "-*.whl"] : ["an npm package", "-", "-*.tgz"];
  const expected = `${[cdk, "alicloud", "image", "tasks"].join(separator)}${ending}`;
  const pattern = new RegExp(`^${expected.replaceAll(".", "\\.").replace("*", "[\\w.+-]+")}$`);
  if (!pattern.test(basename(given)))
    throw new UsageError(`--package is "${given}". For ${language} and ${cdk} it has to be ${form} of the name ${expected}.`);
  if (!existsSync(given)) throw new CommandError(`--package: there is no file ${resolve(given)}.`);
  return given;
}

function told(dir: string, { template, language, cdk }: Choice, vendored: string | undefined): string {
  const taken = vendored === undefined ? "" : `\nIt takes the package from vendor/${vendored}.`;
  return `Wrote the template ${template} into ${dir}, in ${language}, for ${cdk}.${taken}

Next:
  cd ${/^[\w./-]+$/.test(dir) ? dir : `'${dir.replaceAll("'", `'\\''`)}'`}
  npm install
  npm test
  npx --no-install ${cdk} deploy

It deploys to an emulator on this machine, which needs no account. README.md says how to go to yours.`;
}

const cdkOf = ({ name }: OwnPackage): string => name.split("-")[0]!;
const either = (names: readonly string[]): string => names.join(" or ");
