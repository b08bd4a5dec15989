import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes what an executable runs: its main program, and the bundles that the program reads. The blob has no compiled code, which depends on the
 * platform, so one blob serves all platforms. The provider caches the code that it compiles, as the bundled form does.
 *
 * @param {string} node the Node.js that will read the blob, for this machine
 * @param {Buffer} main
 * @param {{ readonly [name: string]: Buffer }} assets
 */
export function makeBlob(node, main, assets) {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-blob-"));
  try {
    const configuration = {
      main: "main.js",
      output: "blob",
      disableExperimentalSEAWarning: true,
      useSnapshot: false,
      useCodeCache: false,
      // NODE_OPTIONS is meant for the user's own programs.
      execArgvExtension: "none",
      assets: Object.fromEntries(Object.keys(assets).map((name) => [name, name])),
    };
    for (const [name, contents] of Object.entries({ ...assets, "main.js": main })) writeFileSync(join(folder, name), contents);
    writeFileSync(join(folder, "configuration.json"), JSON.stringify(configuration));
    // Relative names, because the blob contains the main program's name.
    const { status, stderr } = spawnSync(node, ["--experimental-sea-config", "configuration.json"], {
      cwd: folder,
      encoding: "utf8",
      env: {},
    });
    if (status !== 0) throw new Error(`${node} could not make the blob: ${stderr}`);
    return readFileSync(join(folder, "blob"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
