import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { imageTaskPolicy } from "../../lib";
import { EcsEmulator, type AccessKey, type PolicyDocument } from "../../lib/emulator";
import { CDKTF, CdktfProject, ROOT } from "../e2e/cdktf-project";

const TEAMS = ["web", "data"] as const;
type TeamName = (typeof TEAMS)[number];

/** The AccessKey of a team's CI. It includes the two rights that RAM cannot limit to a tenant. */
function keyOf(team: TeamName): AccessKey {
  const tenant = { tagKey: "team", tagValue: team, cancelTasks: true, deleteSnapshots: true };
  const policies = [imageTaskPolicy(["import", "copy"], { tenant }) as PolicyDocument];
  return { accessKeyId: team, accessKeySecret: `${team}-secret`, userName: `${team}-ci`, policies };
}

let ecs: EcsEmulator;
let project: CdktfProject;

beforeAll(async () => {
  ecs = new EcsEmulator({ taskDuration: "1s" });
  for (const team of TEAMS) ecs.setAccessKey(keyOf(team));
  await ecs.start();
  project = new CdktfProject(ecs, "terraform");
  const flags = ["--bundle", "--platform=node", "--packages=external", "--tsconfig-raw={}"];
  const main = join(ROOT, "examples/platform/main.ts");
  const bundled = spawnSync("npx", ["esbuild", main, ...flags, `--outfile=${join(project.folder, "main.js")}`], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (bundled.status !== 0) throw new Error(bundled.stderr);
});

afterAll(async () => {
  project.remove();
  await ecs.stop();
});

/** Runs cdktf as a team's CI does, with the team's key and the platform team's rules. */
async function cdktf(by: TeamName, command: "deploy" | "destroy", of: TeamName) {
  const { accessKeyId, accessKeySecret } = keyOf(by);
  const env = {
    ALICLOUD_ACCESS_KEY: accessKeyId,
    ALICLOUD_SECRET_KEY: accessKeySecret,
    IMAGETASK_POLICY: join(ROOT, "examples/platform/rules.json"),
  };
  const script = [...CDKTF, command, `${of}-images`, "--auto-approve"].map((word) => `'${word}'`).join(" ");
  const { code, output } = await project.step(script, env).closed();
  return { code, output: output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").replace(/\s*[│╷╵]?\s+/g, " ") };
}

const images = (): string[] =>
  ecs.images.map(({ name, region, tags }) => `${name} ${region} ${tags["team"]} ${tags["cost-centre"]}`).sort();
const WEB = ["golden-web-server cn-hangzhou web cc-4711", "golden-web-server cn-shanghai web cc-4711"];
const DATA = ["golden-data-notebook cn-hangzhou data cc-0815", "golden-data-spark cn-hangzhou data cc-0815"];

test("two teams deploy golden images with their own keys, neither can destroy the other's, and each destroys its own", async () => {
  for (const team of TEAMS) expect(await cdktf(team, "deploy", team)).toMatchObject({ code: 0 });
  expect(images()).toEqual([...DATA, ...WEB]);
  expect(ecs.calls.filter(({ outcome }) => outcome.code === "Forbidden.RAM")).toEqual([]);
  const report = JSON.parse(readFileSync(join(project.folder, "cdktf.out/imagetask-guardrails.json"), "utf8"));
  expect(report.guardrails).toMatchObject([{ scope: "", findings: [] }]);

  const stranger = await cdktf("data", "destroy", "web");
  expect(stranger.code).not.toBe(0);
  expect(stranger.output).toContain("ecs:DeleteImage");
  expect(images()).toEqual([...DATA, ...WEB]);

  for (const team of TEAMS) expect(await cdktf(team, "destroy", team)).toMatchObject({ code: 0 });
  const left = [...ecs.images, ...ecs.snapshots].filter(({ deleteAcceptedAt }) => deleteAcceptedAt === undefined);
  expect(left).toEqual([]);
});
