import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { ImageExport, ImageImport, ImageTaskGuardrails, imageTaskPolicy } from "cdktf-alicloud-image-tasks";
import { GoldenImage } from "./golden-image";
import { PlatformApp } from "./platform-app";
import { TeamStack, type Team } from "./team-stack";
import { DataImages } from "./teams/data";
import { WebImages } from "./teams/web";

const outdir = mkdtempSync(join(tmpdir(), "platform-"));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const newApp = (): PlatformApp => new PlatformApp({ outdir });
const TEAM: Team = { name: "web", costCentre: "cc-4711", stage: "production" };

type Resources = { readonly [type: string]: { readonly [name: string]: { readonly [argument: string]: unknown } } };
const synth = (stack: TeamStack): { readonly resource: Resources; readonly provider: Resources } => JSON.parse(Testing.synth(stack, true));
const all = (resources: Resources, type: string) => Object.values(resources[type] ?? {});

function findings(build: (stack: TeamStack) => void, team = TEAM): string[] {
  const app = newApp();
  build(new TeamStack(app, team));
  try {
    app.synth();
    return [];
  } catch (error) {
    return [...new Set(String(error).match(/IT0\d\d(?=:)/g))].sort();
  }
}

test("both teams' stacks follow the rules", () => {
  const app = newApp();
  new WebImages(app);
  new DataImages(app);
  expect(() => app.synth()).not.toThrow();
});

test("a golden image gets bucket, name, role, encryption and tags from its team", () => {
  const { resource, provider } = synth(new WebImages(newApp()));
  expect(all(resource, "imagetask_import")).toMatchObject([
    {
      image_name: "golden-web-server",
      role_name: "golden-image-import",
      disk_device_mapping: [{ oss_bucket: "golden-web", oss_object: "server/latest.qcow2", disk_image_size: 40 }],
    },
  ]);
  expect(all(resource, "imagetask_copy")).toMatchObject([{ region: "cn-shanghai", image_name: "golden-web-server", encrypted: true }]);
  expect(provider["imagetask"]).toMatchObject([{ default_tags: { team: "web", "cost-centre": "cc-4711", stage: "test" } }]);
});

test.each([
  ["production", true],
  ["test", false],
] as const)("an image of %s is retained: %p", (stage, retained) => {
  const stack = new TeamStack(newApp(), { ...TEAM, stage });
  new GoldenImage(stack, "image", { name: "a", object: "a.qcow2", copyTo: ["cn-shanghai"] });
  const { resource } = synth(stack);
  for (const image of [...all(resource, "imagetask_import"), ...all(resource, "imagetask_copy")])
    expect(image).toMatchObject({ retain_on_destroy: retained });
});

test("resources that a team creates without the platform's construct have to follow the rules too, and synth reports all findings at once", () => {
  const own = (stack: TeamStack): void => {
    new ImageImport(stack, "own", {
      imageName: "mine",
      diskDeviceMapping: [{ ossBucket: "scratch", ossObject: "mine.raw" }],
      region: "eu-central-1",
      onInterrupt: "detach",
      timeout: "8h",
    });
  };
  expect(findings(own)).toEqual(["IT001", "IT002", "IT004", "IT006", "IT007", "IT010"]);
  expect(findings((stack) => new GoldenImage(stack, "image", { name: "a", object: "a.qcow2", copyTo: ["us-west-1"] }))).toEqual(["IT002"]);
  expect(findings(() => undefined, { ...TEAM, costCentre: "4711" })).toEqual([]);
  expect(findings((stack) => new GoldenImage(stack, "image", { name: "a", object: "a.qcow2" }), { ...TEAM, costCentre: "4711" })).toEqual([
    "IT005",
  ]);
});

test("an exception needs a reason", () => {
  const exception = (stack: TeamStack): void => {
    const backup = new ImageExport(stack, "backup", { imageId: "m-1", ossBucket: "legacy-backups", roleName: "golden-image-export" });
    ImageTaskGuardrails.acknowledge(backup, "IT001", "moves to golden-web by March, ticket 4711");
  };
  expect(findings(exception)).toEqual([]);
});

test("a golden image outside of a team's stack is rejected, because no team would own it", () => {
  const stack = new TerraformStack(newApp(), "other");
  expect(() => new GoldenImage(stack, "lost", { name: "a", object: "a.qcow2" })).toThrow("other/lost is in no TeamStack");
});

test("a team's CI may change only its own team's images", () => {
  const app = newApp();
  new WebImages(app);
  const policy = imageTaskPolicy(app, { tenant: { tagKey: "team", tagValue: "web" } });
  expect(policy.Statement.find(({ Action }) => Action.includes("ecs:DeleteImage"))?.Condition).toEqual({
    StringEquals: { "acs:ResourceTag/team": "web" },
  });
});
