import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { MAIN, toExecutable, toMain } from "./launcher.mjs";
import { notices, NOTICES } from "./notices.mjs";
import { packageHash } from "./package-hash.mjs";
import { silentDebug } from "./silent-debug.mjs";
import { slimEcsSdk } from "./slim-ecs-sdk.mjs";
import { slimGrpc } from "./slim-grpc.mjs";

const PROVIDER_TYPE = "imagetask";
const ECS_CHUNK = "ecs.js";
/** The program that rejects an old Node.js has to run on it. */
const OLD_NODE = "es2017";

/**
 * Bundles the provider into `dist/plugin/package/`, the files that Terraform finds in its plugin directory, and
 * describes them in `dist/plugin/manifest.json`. The same sources give the same bytes.
 *
 * @typedef {{ name: string, contents: Buffer, executable?: boolean }} File
 *
 * @param {string} root the package's folder
 * @param {string} dist the folder to write to; default: `dist` of the package
 * @returns {Promise<{ version: string, h1: string, files: Omit<File, "contents">[] }>} the manifest
 */
export async function bundlePlugin(root, dist = join(root, "dist")) {
  const outdir = join(dist, "plugin");
  const sdk = join(root, "lib", "handler", "ecs", "sdk.ts");
  const launch = await bundle({ root, entry: join(root, "lib", "bin", "launch.ts"), target: OLD_NODE });
  const provider = await bundle({ root, entry: join(root, "lib", "bin", "provider.ts") });
  const ecs = await bundle({ root, entry: sdk, plugins: [slimEcsSdk] });
  /** @type {File[]} */
  const files = [
    { name: "package.json", contents: Buffer.from('{"type":"commonjs"}\n') },
    { name: MAIN, contents: toMain(PROVIDER_TYPE, launch.contents) },
    { name: "provider.js", contents: provider.contents },
    { name: ECS_CHUNK, contents: ecs.contents },
    // The notices stay with the code that they are about.
    {
      name: NOTICES,
      contents: Buffer.from(
        await notices(
          root,
          [launch, provider, ecs].flatMap(({ inputs }) => inputs),
        ),
      ),
    },
  ];
  const executable = toExecutable(PROVIDER_TYPE);
  const apart = await bundleExecutable(root);
  const nodes = await readFile(new URL("node-packages.json", import.meta.url));
  const version = await versionOf(root, [executable, ...files.map(({ contents }) => contents), apart.contents, nodes]);
  files.push({ name: `terraform-provider-${PROVIDER_TYPE}_v${version}`, contents: executable, executable: true });
  files.sort((a, b) => (a.name < b.name ? -1 : 1));

  await rm(outdir, { recursive: true, force: true });
  await mkdir(join(outdir, "package"), { recursive: true });
  for (const { name, contents, executable } of files)
    await writeFile(join(outdir, "package", name), contents, { mode: executable ? 0o755 : 0o644 });
  const manifest = {
    version,
    h1: packageHash(files),
    files: files.map(({ name, executable }) => ({ name, ...(executable && { executable }) })),
  };
  await writeFile(join(outdir, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/**
 * Bundles the main program of the executables that `npm run release:provider` makes. Their version is the same, so it depends on this program too.
 *
 * @param {string} root
 */
export const bundleExecutable = (root) => bundle({ root, entry: join(root, "lib", "bin", "launch-executable.ts"), target: "node22" });

/**
 * Bundles one entry point into one minified CommonJS file.
 *
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.entry
 * @param {string} [options.target] the oldest Node.js that has to run it
 * @param {readonly import("esbuild").Plugin[]} [options.plugins]
 */
export async function bundle({ root, entry, target = "node20", plugins = [] }) {
  const result = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    outfile: "out.js",
    write: false,
    bundle: true,
    platform: "node",
    format: "cjs",
    target,
    // Prefer ES modules, so that the bundle omits unused code.
    mainFields: ["module", "main"],
    minify: true,
    // The code cache reads ASCII faster than UTF-8.
    charset: "ascii",
    // The notices are in a separate file.
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    // import() of another file would start Node.js's ES module loader; require() is faster.
    supported: { "dynamic-import": false },
    plugins: [silentDebug, slimGrpc, ...plugins],
  });
  return { contents: Buffer.from(result.outputFiles[0].contents), inputs: Object.keys(result.metafile.inputs) };
}

/**
 * Returns the provider's version. Terraform uses a pre-release only if a configuration names its exact version, so a development build has an ordinary
 * version, derived from its content: a plugin cache never has other content under the same version.
 *
 * @param {string} root
 * @param {readonly Buffer[]} contents
 * @returns {Promise<string>}
 */
async function versionOf(root, contents) {
  if (process.env.IMAGETASK_RELEASE === "1") return JSON.parse(await readFile(join(root, "package.json"), "utf8")).version;
  const hash = createHash("sha256");
  for (const content of contents) hash.update(createHash("sha256").update(content).digest());
  return `0.0.${hash.digest().readUInt32BE(0)}`;
}
