import type { Command } from "./command";

/** The commands by name, each loaded when it is asked for: `imagetask --help` must not wait for the emulator. */
export const COMMANDS: { readonly [name: string]: { readonly summary: string; readonly load: () => Promise<Command> } } = {
  emulator: {
    summary: "run an emulator of the ECS image and task API on this machine",
    load: async () => (await import("./commands/emulator")).emulatorCommand,
  },
  list: {
    summary: "list the imports, exports and copies of an account",
    load: async () => (await import("./commands/list")).listCommand,
  },
  watch: {
    summary: "wait until imports, exports and copies have ended",
    load: async () => (await import("./commands/watch")).watchCommand,
  },
  cancel: {
    summary: "end imports, exports and copies: by id, by stack or by CI run",
    load: async () => (await import("./commands/cancel")).cancelCommand,
  },
  reap: {
    summary: "find imports and copies that nobody looks after, and end them",
    load: async () => (await import("./commands/reap")).reapCommand,
  },
  "install-provider": {
    summary: "lay the Terraform provider where Terraform and OpenTofu find it",
    load: async () => (await import("./commands/install-provider")).installProviderCommand,
  },
};

export const HELP = `Usage: imagetask COMMAND [flags]

Commands:
${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(18)}${summary}`)
  .join("\n")}

Flags:
  --help            show this text; after a command, the command's own
  --version         show the version`;
