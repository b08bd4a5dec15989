import { setTimeout as sleep } from "node:timers/promises";
import { Cdktf } from "./cdktf.mjs";
import { startEcs } from "./ecs.mjs";
import { pluginProcessesIn } from "../terraform/plugin-processes.cjs";
import * as destroy from "./scenes/destroy.mjs";
import * as finished from "./scenes/finished.mjs";
import * as interrupt from "./scenes/interrupt.mjs";
import * as timeout from "./scenes/timeout.mjs";
import { Stage } from "./stage.mjs";
import { summaryTable } from "./summary.mjs";
import { Terminal } from "./terminal.mjs";
import { Workspace } from "./workspace.mjs";

const SCENES = [finished, destroy, timeout, interrupt];

/**
 * Plays every scene. Returns the exit code: 0 if every scene went as expected and nothing is left running.
 *
 * @param {{ root: string, terraform: string, env: NodeJS.ProcessEnv, stdout: NodeJS.WriteStream }} options
 */
export async function runDemo({ root, terraform, env, stdout }) {
  const terminal = new Terminal(stdout, env);
  const startedAt = Date.now();
  const interrupted = new AbortController();
  const onInterrupt = () => interrupted.abort(new Error("The demo was interrupted."));
  process.on("SIGINT", onInterrupt).on("SIGTERM", onInterrupt);
  const workspace = new Workspace(root);
  const ecs = await startEcs();
  try {
    const cdktf = new Cdktf(root, workspace.environment(env, terraform, ecs.endpoint));
    terminal.line();
    terminal.line(`cdktf ${cdktf.version} with ${terraform}, against an ECS emulator on ${ecs.endpoint}. No account is used.`);
    terminal.line();
    const results = [];
    for (const [index, scene] of SCENES.entries()) {
      terminal.line(terminal.bold(`${index + 1}. ${scene.title}`));
      const stage = new Stage(scene.title, { terminal, ecs, cdktf, workspace, signal: interrupted.signal });
      await scene.play(stage);
      results.push(await stage.finish());
    }
    for (const line of summaryTable(results)) terminal.line(line);
    const good = results.every(({ failures, running }) => failures.length === 0 && running === 0);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    terminal.line();
    terminal.line(
      good
        ? terminal.green(`Everything went as expected, and nothing is left running (${seconds} s).`)
        : terminal.red(`Not everything went as expected (${seconds} s); see the lines marked ✗.`),
    );
    return good ? 0 : 1;
  } catch (error) {
    terminal.line(terminal.red(`  ${error instanceof Error ? error.message : error}`));
    return interrupted.signal.aborted ? 130 : 1;
  } finally {
    await providersGone(workspace.dir);
    await ecs.stop();
    workspace.remove();
    process.off("SIGINT", onInterrupt).off("SIGTERM", onInterrupt);
  }
}

/**
 * Waits until the providers have ended by themselves, and kills any that are left: none may outlive the demo.
 *
 * @param {string} dir
 */
async function providersGone(dir) {
  for (const deadline = Date.now() + 10_000; pluginProcessesIn(dir).length > 0 && Date.now() < deadline;) await sleep(200);
  for (const { pid } of pluginProcessesIn(dir)) process.kill(pid, "SIGKILL");
}
