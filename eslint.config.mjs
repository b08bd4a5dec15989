import tseslint from "typescript-eslint";
import importX from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";

/** The one place that says which part may import which; test/guard/import-zones.test.ts plants a wrong import in each. */
const zones = [
  // The leaves import nothing: plain data and rules, and how certificates are made.
  { target: "./lib/x509", from: "./lib", except: ["./x509"] },
  { target: "./lib/contract", from: "./lib", except: ["./contract"] },
  // Within the contract, imports only point down: guard rails and checks, then resources, then arguments, then rules.
  { target: "./lib/contract/rules", from: ["arguments", "checks", "guardrails", "resources.ts"].map((room) => `./lib/contract/${room}`) },
  { target: "./lib/contract/arguments", from: ["checks", "guardrails", "resources.ts"].map((room) => `./lib/contract/${room}`) },
  { target: "./lib/contract/guardrails", from: "./lib/contract/checks" },
  // The plugin knows Terraform but not ECS; the handler's core knows neither.
  { target: "./lib/plugin", from: "./lib", except: ["./plugin", "./contract", "./x509"] },
  // Within the plugin, transport and process know neither RPCs nor each other.
  { target: "./lib/plugin/transport", from: "./lib", except: ["./plugin/transport", "./plugin/gen", "./plugin/resource.ts"] },
  { target: "./lib/plugin/process", from: "./lib", except: ["./plugin/process", "./plugin/resource.ts", "./contract"] },
  { target: "./lib/plugin/codec", from: "./lib", except: ["./plugin/codec", "./plugin/gen", "./plugin/resource.ts", "./contract"] },
  { target: "./lib/plugin/rpc", from: ["./lib/plugin/process", "./lib/plugin/serve.ts"] },
  { target: "./lib/plugin/resource.ts", from: "./lib/plugin" },
  // The launcher starts the plugin from compiled code, and is not part of it.
  { target: "./lib/launcher", from: "./lib", except: ["./launcher", "./contract"] },
  // The handler sees of the plugin only the interface that it implements.
  { target: "./lib/handler", from: "./lib", except: ["./handler", "./contract", "./plugin/resource.ts"] },
  { target: "./lib/handler/task", from: "./lib", except: ["./handler/task", "./handler/errors.ts", "./contract/printable.ts", "./contract/duration-text.ts"] },
  // Within it, imports point down only: calls, then watch, then end, then start.
  { target: "./lib/handler/task/*.ts", from: ["calls", "watch", "end", "start"].map((room) => `./lib/handler/task/${room}`) },
  { target: "./lib/handler/task/calls", from: ["watch", "end", "start"].map((room) => `./lib/handler/task/${room}`) },
  { target: "./lib/handler/task/watch", from: ["end", "start"].map((room) => `./lib/handler/task/${room}`) },
  { target: "./lib/handler/task/end", from: "./lib/handler/task/start" },
  { target: "./lib/handler/ecs", from: "./lib", except: ["./handler/ecs", "./handler/task", "./handler/errors.ts", "./contract"] },
  // Actions and lists of Terraform's may use what resources use, never the other way round.
  { target: ["resources", "operations", "ecs"].map((room) => `./lib/handler/${room}`), from: ["./lib/handler/actions", "./lib/handler/lists"] },
  // The emulator is written from ECS's documentation and shares no code with the handler, nor any other that knows ECS.
  { target: "./lib/emulator", from: "./lib", except: ["./emulator", "./x509"] },
  // Constructs never load the handler, the plugin or the SDK, so that synth stays fast.
  {
    target: "./lib/*.ts",
    from: ["handler", "plugin", "launcher", "emulator", "cli", "operations", "reaper", "bin", "x509"].map((room) => `./lib/${room}`),
  },
  { target: "./lib/private", from: "./lib", except: ["./private", "./contract", "./imports"] },
  // Finds and ends operations without Terraform, with the handler's core, for the command line.
  { target: "./lib/operations", from: "./lib", except: ["./operations", "./handler", "./contract"] },
  // The function on a timer runs a command that lib/bin hands in.
  { target: "./lib/reaper", from: "./lib", except: ["./reaper", "./contract"] },
  // What writes a project knows of texts and folders alone.
  { target: "./lib/cli/init", from: "./lib", except: ["./cli/init", "./cli/errors.ts"] },
  { target: "./lib/cli", from: "./lib", except: ["./cli", "./operations", "./emulator", "./private", "./contract"] },
];

/** The rooms of lib/emulator, lowest first, each with those below it that it may import. The files beside the rooms put them together. */
const emulatorRooms = {
  values: [],
  switches: ["values"],
  protocol: ["values"],
  identity: ["protocol", "values"],
  calls: ["protocol", "switches", "values"],
  state: ["protocol", "switches", "values"],
  seeds: ["identity", "state", "values"],
  persistence: ["calls", "identity", "state", "values"],
  page: ["switches"],
  actions: ["calls", "identity", "protocol", "state", "switches", "values"],
  admin: ["calls", "identity", "protocol", "seeds", "state", "switches", "values"],
};

const emulatorZones = Object.entries(emulatorRooms).map(([room, below]) => ({
  target: `./lib/emulator/${room}`,
  from: "./lib/emulator",
  except: [room, ...below].map((name) => `./${name}`),
}));

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "lib/imports/", "lib/plugin/gen/", "**/cdktf.out/", ".tmp/", "out/", "templates/", "coverage/"] },
  ...tseslint.configs.recommended,
  {
    files: ["lib/**/*.ts", "test/**/*.ts", "examples/**/*.ts"],
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones: [...zones, ...emulatorZones] }],
      "import-x/no-cycle": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  { files: ["lib/**/*.ts", "test/**/*.{ts,mjs}", "scripts/**/*.{mjs,cjs,ts}"], rules: { "max-lines": ["error", 250] } },
  {
    files: ["lib/handler/task/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(node:)?(net|tls|http|https|http2|dgram|dns|child_process|fs)(/|$)|^@(alicloud|darabonba)/",
              message: "The core reaches the outside only through its ports.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["lib/**/*.ts"],
    ignores: ["lib/handler/ecs/**", "lib/handler/task/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@alicloud/*", "@darabonba/*"], message: "Only lib/handler/ecs talks to the SDK." }] },
      ],
    },
  },
  { files: ["test/**/*.ts"], rules: { "no-restricted-globals": ["error", { name: "it", message: "Tests are written as test(…)." }] } },
  { files: ["**/*.js", "**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
