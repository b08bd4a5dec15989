#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../cli/main";
import { ensureHome } from "./home";
import { Output } from "./output";

/** The `imagetask` program. It only connects the command line to the process. */
const { version }: { version: string } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
const output = new Output(process.stdout, process.stderr);
let stopped: Promise<void> | undefined;

void runCli(process.argv.slice(2), {
  version,
  context: {
    print: output.print,
    complain: output.complain,
    ask: process.stdin.isTTY === true ? ask : undefined,
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns || undefined,
    screen: output.screen(process.env.TERM),
    env: process.env,
    home: ensureHome(process.env),
    platform: process.platform,
    get stopped() {
      return (stopped ??= untilSignal());
    },
    unread: output.unread,
  },
}).then(async (exitCode) => {
  // Exits although calls that nobody waits for may still be in progress.
  process.exit(await output.finish(exitCode));
});

/** Ctrl-C or SIGTERM: only once, so that a second one ends the process immediately. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

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
