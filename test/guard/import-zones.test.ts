import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** Imports that the layers in CONTRIBUTING.md forbid: the importing file, and the import. */
const FORBIDDEN = [
  // Leaves.
  ["lib/x509/planted.ts", "../contract/provider"],
  ["lib/contract/planted.ts", "../private/errors"],
  ["lib/contract/planted.ts", "../x509/der"],
  ["lib/contract/rules/planted.ts", "../arguments"],
  ["lib/contract/arguments/planted.ts", "../checks"],
  ["lib/contract/guardrails/planted.ts", "../checks"],
  // Synth time.
  ["lib/planted.ts", "./handler/provider"],
  ["lib/planted.ts", "./plugin/serve"],
  ["lib/planted.ts", "./emulator"],
  ["lib/planted.ts", "./cli/main"],
  ["lib/planted.ts", "./operations"],
  ["lib/planted.ts", "./reaper/order"],
  ["lib/planted.ts", "./bin/home"],
  ["lib/private/planted.ts", "../handler/environment"],
  ["lib/private/planted.ts", "../plugin/resource"],
  ["lib/private/planted.ts", "../image-import"],
  ["lib/private/planted.ts", "../operations"],
  // The plugin.
  ["lib/plugin/planted.ts", "../handler/provider"],
  ["lib/plugin/planted.ts", "../launcher/code-cache"],
  ["lib/plugin/transport/planted.ts", "../rpc/rpc"],
  ["lib/plugin/transport/planted.ts", "../process/log"],
  ["lib/plugin/process/planted.ts", "../transport/socket"],
  ["lib/plugin/codec/planted.ts", "../rpc/rpc"],
  ["lib/plugin/rpc/planted.ts", "../process/log"],
  ["lib/plugin/resource.ts", "./rpc/rpc"],
  ["lib/launcher/planted.ts", "../plugin/serve"],
  // The handler.
  ["lib/handler/planted.ts", "../plugin/serve"],
  ["lib/handler/planted.ts", "../cli/main"],
  ["lib/handler/planted.ts", "../private/errors"],
  ["lib/handler/planted.ts", "../emulator"],
  ["lib/handler/resources/planted.ts", "../../plugin/codec/to-value"],
  ["lib/handler/resources/planted.ts", "../actions/watch"],
  ["lib/handler/resources/planted.ts", "../lists/start-list"],
  ["lib/handler/ecs/planted.ts", "../resources/diagnostics"],
  ["lib/handler/ecs/planted.ts", "../../plugin/resource"],
  ["lib/handler/task/planted.ts", "../ecs/convert"],
  ["lib/handler/task/planted.ts", "../../plugin/resource"],
  ["lib/handler/task/planted.ts", "../../contract/schema"],
  ["lib/handler/task/planted.ts", "node:net"],
  ["lib/handler/task/planted.ts", "@alicloud/ecs20140526"],
  ["lib/handler/task/planted.ts", "./calls/retry"],
  ["lib/handler/task/calls/planted.ts", "../watch/fetch"],
  ["lib/handler/task/watch/planted.ts", "../end/run"],
  ["lib/handler/task/end/planted.ts", "../start/claims"],
  // Only lib/handler/ecs imports the SDK.
  ["lib/cli/planted.ts", "@alicloud/ecs20140526"],
  ["lib/handler/resources/planted.ts", "@alicloud/credentials"],
  // Separate programs.
  ["lib/operations/planted.ts", "../cli/main"],
  ["lib/operations/planted.ts", "../plugin/resource"],
  ["lib/reaper/planted.ts", "../cli/main"],
  ["lib/reaper/planted.ts", "../operations"],
  ["lib/cli/planted.ts", "../handler/provider"],
  ["lib/cli/planted.ts", "../plugin/serve"],
  ["lib/cli/planted.ts", "../reaper/order"],
  ["lib/emulator/planted.ts", "../handler/errors"],
  ["lib/emulator/planted.ts", "../contract/provider"],
  ["lib/emulator/values/planted.ts", "../switches/behaviour"],
  ["lib/emulator/switches/planted.ts", "../state/store"],
  ["lib/emulator/protocol/planted.ts", "../identity/authenticate"],
  ["lib/emulator/state/planted.ts", "../actions/own-image"],
  ["lib/emulator/seeds/planted.ts", "../persistence/persistence"],
  ["lib/emulator/persistence/planted.ts", "../seeds/seed"],
  ["lib/emulator/actions/planted.ts", "../admin/admin"],
  ["lib/emulator/page/planted.ts", "../state/store"],
] as const;

/** Imports that the layers allow, so that a zone that forbids everything is noticed. */
const ALLOWED = [
  ["lib/planted.ts", "./private/errors"],
  ["lib/private/planted.ts", "../contract/provider"],
  ["lib/handler/resources/planted.ts", "../../plugin/resource"],
  ["lib/handler/ecs/planted.ts", "@alicloud/ecs20140526"],
  ["lib/handler/task/start/planted.ts", "../end/run"],
  ["lib/cli/planted.ts", "../operations"],
  ["lib/bin/planted.ts", "../handler/provider"],
  ["lib/emulator/seeds/planted.ts", "../state/store"],
] as const;

test("lint rejects imports that the layers in CONTRIBUTING.md forbid, and accepts those that they allow", () => {
  const planted = [...FORBIDDEN, ...ALLOWED].map(([file, from]) => ({ file, text: `import ${JSON.stringify(from)};\n` }));
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "lint-texts.mjs")], {
    cwd: ROOT,
    input: JSON.stringify(planted),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const messages = JSON.parse(stdout) as string[][];
  const verdicts = [...FORBIDDEN, ...ALLOWED].map(([file, from], index) => `${file} imports ${from}: ${verdict(messages[index]!)}`);
  expect(verdicts).toEqual([
    ...FORBIDDEN.map(([file, from]) => `${file} imports ${from}: rejected`),
    ...ALLOWED.map(([file, from]) => `${file} imports ${from}: accepted`),
  ]);
});

/** A target that does not exist is an error, too, so that a row does not silently lose its meaning when a file is renamed. */
function verdict(messages: readonly string[]): string {
  if (messages.length === 0) return "accepted";
  return messages.every((message) => /no-restricted-(paths|imports)$/.test(message)) ? "rejected" : messages.join(", ");
}
