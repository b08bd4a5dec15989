import { loadScript } from "../support/load-script";

interface Flavour {
  readonly name: string;
}
const { FLAVOURS, inFlavour } = loadScript<{ FLAVOURS: readonly Flavour[]; inFlavour(text: string, flavour: Flavour): string }>(
  "scripts/package/flavours.mjs",
);
const [cdktf, cdktn] = FLAVOURS as [Flavour, Flavour];

test.each([
  [`import { App } from "cdktf";`, `import { App } from "cdktn";`],
  [`const cdktf_1 = require("cdktf");`, `const cdktn_1 = require("cdktn");`],
  ["export class Copy extends cdktf.TerraformResource {", "export class Copy extends cdktn.TerraformResource {"],
  ["so that `cdktf deploy` has all it needs", "so that `cdktn deploy` has all it needs"],
  ["install cdktf-alicloud-image-tasks anew", "install cdktn-alicloud-image-tasks anew"],
  ["from cdktf_alicloud_image_tasks import ImageImport", "from cdktn_alicloud_image_tasks import ImageImport"],
  ["cdktf-alicloud-image-tasks-go/cdktfalicloudimagetasks", "cdktn-alicloud-image-tasks-go/cdktnalicloudimagetasks"],
  ["For a CDKTF app", "For a CDKTN app"],
])("for cdktn, %s is changed to %s", (text, expected) => {
  expect(inFlavour(text, cdktn)).toBe(expected);
  expect(inFlavour(text, cdktf)).toBe(text);
});

test("text for only one of the two CDKs is removed for the other", () => {
  const text = "Needs <!-- cdktf -->cdktf 0.20<!-- /cdktf --><!-- cdktn: cdktn 0.24 -->.";
  expect(inFlavour(text, cdktn)).toBe("Needs cdktn 0.24.");
  expect(inFlavour(text, cdktf)).toBe(text);
});

test.each([`Symbol.for("cdktf/customSynthesis")`, "cdktf.json and cdktf.out/stacks", "CDKTF_OUTDIR", "/`cdkt[fn] deploy`:/"])(
  "names that cdktn has kept from cdktf are not changed: %s",
  (text) => {
    expect(inFlavour(text, cdktn)).toBe(text);
  },
);
