import tseslint from "typescript-eslint";
import importX from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";

/** The one place that says which part may know which. An import against an arrow is a lint error. */
const zones = [
  // The leaves know nothing: plain data, and how certificates are made.
  { target: "./lib/x509", from: "./lib", except: ["./x509"] },
  { target: "./lib/contract", from: "./lib", except: ["./contract"] },
  // The plugin knows Terraform and not ECS; the handler's core knows neither.
  { target: "./lib/plugin", from: "./lib", except: ["./plugin", "./contract", "./x509"] },
  // Within the plugin: what carries knows no RPC, what lives and dies knows neither.
  { target: "./lib/plugin/transport", from: "./lib", except: ["./plugin/transport", "./plugin/gen", "./plugin/resource.ts"] },
  { target: "./lib/plugin/process", from: "./lib", except: ["./plugin/process", "./plugin/resource.ts", "./contract"] },
  { target: "./lib/plugin/codec", from: "./lib", except: ["./plugin/codec", "./plugin/gen", "./plugin/resource.ts", "./contract"] },
  { target: "./lib/plugin/rpc", from: ["./lib/plugin/process", "./lib/plugin/serve.ts"] },
  { target: "./lib/plugin/resource.ts", from: "./lib/plugin" },
  // The launcher starts the plugin from compiled code; it is no part of it.
  { target: "./lib/launcher", from: "./lib", except: ["./launcher", "./contract"] },
  { target: "./lib/handler/task", from: "./lib", except: ["./handler/task", "./handler/errors.ts", "./contract/printable.ts", "./contract/duration-text.ts"] },
  // Within it, imports point down only: calls, then watch, then end, then start.
  { target: "./lib/handler/task/*.ts", from: ["calls", "watch", "end", "start"].map((room) => `./lib/handler/task/${room}`) },
  { target: "./lib/handler/task/calls", from: ["watch", "end", "start"].map((room) => `./lib/handler/task/${room}`) },
  { target: "./lib/handler/task/watch", from: ["end", "start"].map((room) => `./lib/handler/task/${room}`) },
  { target: "./lib/handler/task/end", from: "./lib/handler/task/start" },
  { target: "./lib/handler/ecs", from: "./lib", except: ["./handler/ecs", "./handler/task", "./handler/errors.ts", "./contract"] },
  { target: "./lib/handler/resources", from: "./lib", except: ["./handler", "./contract", "./plugin/resource.ts"] },
  // The emulator is written from the API's documentation and shares no code with the handler, nor any that knows of ECS.
  { target: "./lib/emulator", from: "./lib", except: ["./emulator", "./x509"] },
  // Constructs must never load the handler, the plugin or the SDK: synth has to stay fast.
  { target: "./lib/*.ts", from: ["handler", "plugin", "launcher", "emulator", "cli", "bin", "x509"].map((room) => `./lib/${room}`) },
  { target: "./lib/private", from: "./lib", except: ["./private", "./contract", "./imports"] },
  // Finding and ending operations without Terraform: the handler's own core, for the command line.
  { target: "./lib/operations", from: "./lib", except: ["./operations", "./handler", "./contract"] },
  // The function on a timer asks for what the command line does.
  { target: "./lib/reaper", from: "./lib", except: ["./reaper", "./contract"] },
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
  { ignores: ["dist/", "node_modules/", "lib/imports/", "lib/plugin/gen/", "**/cdktf.out/", ".tmp/", "coverage/"] },
  ...tseslint.configs.recommended,
  {
    files: ["lib/**/*.ts", "test/**/*.ts", "examples/**/*.ts"],
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones: [...zones, ...emulatorZones] }],
      "import-x/no-cycle": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["lib/**/*.ts"],
    ignores: ["lib/handler/ecs/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@alicloud/*", "@darabonba/*"], message: "Only lib/handler/ecs talks to the SDK." }] },
      ],
    },
  },
  { files: ["test/**/*.ts"], rules: { "no-restricted-globals": ["error", { name: "it", message: "Tests are written as test(…)." }] } },
  { files: ["test/**/*.ts"], rules: { "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }] } },
  { files: ["scripts/**/*.{mjs,cjs}"], rules: { "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }] } },
  { files: ["**/*.js", "**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
