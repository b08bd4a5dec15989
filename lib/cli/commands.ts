import type { Command } from "./command";

/** The commands by name. Each is loaded only when it is run, so that `imagetask --help` does not wait for the emulator. */
export const COMMANDS: { readonly [name: string]: { readonly summary: string; readonly load: () => Promise<Command> } } = {
  init: {
    summary: "write a project with a stack, guard rails, tests and pipelines",
    load: async () => (await import("./commands/init")).createInitCommand(),
  },
  emulator: {
    summary: "run an emulator of the ECS image and task API on this machine",
    load: async () => (await import("./commands/emulator")).emulatorCommand,
  },
  list: {
    summary: "list the imports, exports and copies of an account",
    load: async () => (await import("./commands/list")).listCommand,
  },
  watch: {
    summary: "wait for imports, exports and copies to end",
    load: async () => (await import("./commands/watch")).watchCommand,
  },
  cancel: {
    summary: "cancel imports, exports and copies by id, stack or CI run",
    load: async () => (await import("./commands/cancel")).cancelCommand,
  },
  reap: {
    summary: "find abandoned imports and copies, and cancel them",
    load: async () => (await import("./commands/reap")).reapCommand,
  },
  "install-provider": {
    summary: "install the provider where Terraform and OpenTofu find it",
    load: async () => (await import("./commands/install-provider")).installProviderCommand,
  },
};

export const HELP = `Usage: imagetask COMMAND [flags]

Commands:
${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(18)}${summary}`)
  .join("\n")}

Flags:
  --help            show this text; after a command, show the command's help
  --version         show the version`;
