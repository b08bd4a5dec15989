#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../cli/main";
import { settleHome } from "./home";

/** The `imagetask` program. It only connects the command line to the process. */
const stopped = new Promise<void>((resolve) => {
  // Only once, so that a second Ctrl-C ends the process immediately.
  process.once("SIGINT", () => resolve());
  process.once("SIGTERM", () => resolve());
});
// A reader that closes the pipe early (`imagetask … | head`) is not an error.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };

void runCli(process.argv.slice(2), {
  version,
  context: {
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
    ask: process.stdin.isTTY === true ? ask : undefined,
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns,
    env: process.env,
    home: settleHome(process.env),
    platform: process.platform,
    stopped,
  },
}).then((exitCode) => {
  process.exitCode = exitCode;
});

/** Asks a question. The answer is empty at the end of the input and on Ctrl-C. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline");
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    reader.once("close", () => resolve(""));
    reader.question(question, (answer) => {
      resolve(answer);
      reader.close();
    });
  });
}
