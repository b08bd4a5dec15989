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
/** What starts the rest has to be understood by a Node.js that it then refuses. */
const OLD_NODE = "es2017";

/**
 * Bundles the provider into `dist/plugin/package/`, the very files that Terraform finds in its plugin directory, and
 * describes them in `dist/plugin/manifest.json`. The same sources give the same bytes.
 *
 * @typedef {{ name: string, contents: Buffer, executable?: boolean }} File
 *
 * @param {string} root the package's folder
 * @param {string} dist the folder to write to, `dist` of the package unless given
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
    // Beside the code that they are about, wherever that goes.
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
 * The main program of the executables that `npm run release:provider` makes. They have the same version, so what they are made of counts in it.
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
 * @param {string} [options.target] what has to understand it
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
    // ES modules where a package has them: what is not used of them falls away.
    mainFields: ["module", "main"],
    minify: true,
    // The code cache reads it so, faster than UTF-8.
    charset: "ascii",
    // Notices go into a file of their own.
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    // import() of another file would start Node's ES module loader; require() does the same faster.
    supported: { "dynamic-import": false },
    plugins: [silentDebug, slimGrpc, ...plugins],
  });
  return { contents: Buffer.from(result.outputFiles[0].contents), inputs: Object.keys(result.metafile.inputs) };
}

/**
 * Terraform takes a pre-release only when it is asked for by its exact version, so a development build is an ordinary
 * version, made from its content: other content never meets a stale plugin cache.
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
