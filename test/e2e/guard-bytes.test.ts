import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { within } from "../guard/within";

const ROOT = resolve(__dirname, "../..");
const PLUGIN = join(ROOT, "dist/plugin/package");

describe("no size is above its ceiling:", () => {
  test("the plugin's files", () => {
    const sizes = readdirSync(PLUGIN).map((name) => [withoutVersion(name), statSync(join(PLUGIN, name)).size] as const);

    expect(sizes.length).toBeGreaterThan(0);
    within(["bytes", "plugin"], Object.fromEntries(sizes), "npx esbuild --analyze of lib/bin/provider.ts and lib/handler/ecs/sdk.ts");
  });

  test("the npm package", () => {
    // npm's settings of the outer run, such as a dry run or a tag, would change its output.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
    const printed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: ROOT, env, encoding: "utf8" });
    const parsed = JSON.parse(printed) as Packed[] | { [name: string]: Packed };
    const { size, unpackedSize, entryCount } = Object.values(parsed)[0]!;

    within(["bytes", "npm"], { packed: size, unpacked: unpackedSize, files: entryCount }, "npm pack --dry-run --ignore-scripts");
  });

  test("what synth writes: one provider for a stack, and each construct", () => {
    const empty = synth(0);
    const one = synth(1);
    const many = synth(101);

    expect(Math.min(one.provider, one.lockFile, many.json - one.json)).toBeGreaterThan(0);
    within(
      ["bytes", "synth"],
      {
        provider: one.provider - empty.provider,
        lockFile: one.lockFile - empty.lockFile,
        construct: Math.ceil((many.json - one.json) / 100),
      },
      "the stack's folder under cdktf.out/stacks",
    );
  });
});

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

interface Synthesised {
  readonly json: number;
  readonly lockFile: number;
  /** Each file counts once, although every platform has its own name for it. */
  readonly provider: number;
}

const APP = `
  const { App, TerraformStack } = require("cdktf");
  const { ImageImport } = require(process.argv[1]);
  const app = new App({ outdir: process.argv[2] });
  const stack = new TerraformStack(app, "stack");
  for (let i = 0; i < Number(process.argv[3]); i++)
    new ImageImport(stack, "image-" + String(i).padStart(3, "0"), {
      region: "cn-hangzhou",
      imageName: "image-" + String(i).padStart(3, "0"),
      diskDeviceMapping: [{ ossBucket: "images", ossObject: "disk.qcow2" }],
    });
  app.synth();
`;

/** Synthesises a stack with this number of imports, with the built package. */
function synth(imports: number): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), "guard-"));
  try {
    execFileSync(process.execPath, ["-e", APP, join(ROOT, "dist"), outdir, String(imports)], { cwd: ROOT });
    const stack = join(outdir, "stacks/stack");
    const sizeOf = (name: string): number => statSync(join(stack, name), { throwIfNoEntry: false })?.size ?? 0;
    // Without whitespace, because the indentation is cdktf's.
    const json = JSON.stringify(JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8"))).length;
    return { json, lockFile: sizeOf(".terraform.lock.hcl"), provider: distinctBytes(join(stack, "terraform.d")) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function distinctBytes(folder: string): number {
  const sizes = new Map<number, number>();
  for (const entry of listed(folder)) {
    const { ino, size } = statSync(entry);
    sizes.set(ino, size);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  } catch {
    return [];
  }
}

/** The executable's name has the version, which a development build derives from its content. */
const withoutVersion = (name: string): string => name.replace(/_v[\d.]+$/, "");
