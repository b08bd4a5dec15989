import type { CommandContext } from "../command";
import { CommandError } from "../errors";
import type * as Engine from "../../operations";
import type { Context } from "../../operations";

/** The provider's core, loaded and configured to reach ECS. */
export interface Reached {
  readonly engine: typeof Engine;
  readonly core: Context;
}

/** Loads the code that calls ECS. Commands check their flags before, so that a message about a mistyped flag does not wait for it. */
export async function reach({ env, core }: CommandContext, log?: Engine.ConnectOptions["log"]): Promise<Reached> {
  const engine = await import("../../operations");
  try {
    return { engine, core: await engine.connectWithCredentials({ env, loadSdk: engine.loadSdk, log, ...core }) };
  } catch (error) {
    if (error instanceof engine.SettingsError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

/** An error as one line, with what to do next. */
export function inOneLine(engine: typeof Engine, error: unknown): string {
  const sentences = engine.toDiagnostic("", error).detail.split(/\s*\n+\s*/);
  return sentences.map((sentence) => (/[.!?:]$/.test(sentence) ? sentence : `${sentence}.`)).join(" ");
}
