import { seedLockText } from "../../lib/private/lock-text";

const OWN = { source: "registry.terraform.io/alicloud-image-tasks/imagetask", version: "0.0.5", hashes: ["h1:own="] };
const ALICLOUD = "registry.terraform.io/aliyun/alicloud";

const FULL_ENTRY = `provider "${ALICLOUD}" {
  version     = "1.260.0"
  constraints = "1.260.0"
  hashes = [
    "h1:abc=",
    "zh:def",
  ]
}
`;

/** How cdktf reads the file: line by line, the constraint of each provider. */
function asCdktfReads(text: string): { [source: string]: string | undefined } {
  const read: { [source: string]: string | undefined } = {};
  let current: string | undefined;
  for (const line of text.split("\n")) {
    const constraint = /^\s*constraints\s+=\s+"(.*)"/.exec(line)?.[1];
    if (current === undefined) {
      current = /provider "(.*)"/.exec(line)?.[1];
      if (current !== undefined) read[current] = undefined;
    } else if (constraint !== undefined) read[current] = constraint;
    else if (/^\s*}/.test(line)) current = undefined;
  }
  return read;
}

test("a new file holds our provider with its hash", () => {
  expect(seedLockText("", OWN, [{ source: OWN.source, version: "0.0.5" }]))
    .toBe(`# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/alicloud-image-tasks/imagetask" {
  version     = "0.0.5"
  constraints = "0.0.5"
  hashes = [
    "h1:own=",
  ]
}
`);
});

test("hashes are in Terraform's order, so that init has nothing to change in the file", () => {
  const text = seedLockText("", { ...OWN, hashes: ["h1:3q=", "zh:0a", "h1:/Y=", "h1:x4=", "h1:HL="] }, []);
  expect([...text.matchAll(/"((?:h1|zh):[^"]*)"/g)].map(([, hash]) => hash)).toEqual(["h1:/Y=", "h1:3q=", "h1:HL=", "h1:x4=", "zh:0a"]);
});

test("another provider with an exact version gets an entry without hashes, which Terraform adds", () => {
  const text = seedLockText("", OWN, [{ source: ALICLOUD, version: "1.260.0" }]);
  expect(text).toContain(`provider "${ALICLOUD}" {\n  version     = "1.260.0"\n  constraints = "1.260.0"\n}\n`);
  expect(text).not.toContain("/*");
});

test.each([["~> 1.260"], ["> 1.0"], ["< 2.0, >= 1.200"], [undefined]])(
  "another provider with the constraint %j is only named in a comment, as its version would be a guess",
  (version) => {
    const text = seedLockText("", OWN, [{ source: ALICLOUD, version }]);
    expect(asCdktfReads(text)[ALICLOUD]).toBe(">= 0.0.0");
    expect(text.replace(/\/\*[\s\S]*\*\//, "")).not.toContain(ALICLOUD);
  },
);

test("a comment that the other CDK wrote is replaced when an app moves to this one", () => {
  const before = seedLockText("", OWN, [{ source: ALICLOUD, version: "~> 1.0" }]).replace("cdktf deploy", "cdktn deploy");
  expect(seedLockText(before, OWN, [{ source: ALICLOUD, version: "~> 1.0" }])).not.toContain("cdktn");
});

test("existing entries of other providers stay unchanged", () => {
  expect(seedLockText(FULL_ENTRY, OWN, [{ source: ALICLOUD, version: "1.260.0" }])).toContain(FULL_ENTRY);
  expect(seedLockText(FULL_ENTRY, OWN, [{ source: ALICLOUD, version: "~> 1.200" }])).toContain(FULL_ENTRY);
  expect(seedLockText(FULL_ENTRY, OWN, [])).toContain(FULL_ENTRY);
});

test("an entry whose version does not meet a new constraint is removed, so that init needs no -upgrade", () => {
  expect(seedLockText(FULL_ENTRY, OWN, [{ source: ALICLOUD, version: "~> 1.270" }])).not.toContain('"1.260.0"');
  const exact = seedLockText(FULL_ENTRY, OWN, [{ source: ALICLOUD, version: "1.270.0" }]);
  expect(exact).toContain('version     = "1.270.0"');
  expect(exact).not.toContain("h1:abc=");
});

test("our entry is replaced when the version or the hash has changed", () => {
  const before = seedLockText("", { ...OWN, version: "0.0.4", hashes: ["h1:old="] }, []);
  const after = seedLockText(before, OWN, []);
  expect(after).toBe(seedLockText("", OWN, []));
  expect(seedLockText(seedLockText("", { ...OWN, hashes: ["h1:old="] }, []), OWN, [])).toBe(after);
});

test("our entry stays when Terraform has added hashes to it", () => {
  const written = `provider "${OWN.source}" {\n  version     = "0.0.5"\n  constraints = "0.0.5"\n  hashes = [\n    "h1:own=",\n    "h1:more=",\n  ]\n}\n`;
  expect(seedLockText(written, OWN, [])).toContain(written);
});

test("every build of the version is locked, and an entry that lacks one is replaced", () => {
  const builds = { ...OWN, hashes: ["h1:own=", "h1:linux=", "zh:linux"] };
  const text = seedLockText(seedLockText("", OWN, []), builds, []);
  expect(text).toContain('    "h1:linux=",\n    "h1:own=",\n    "zh:linux",\n');
  expect(seedLockText(text, builds, [])).toBe(text);
});

test("seeding again changes nothing, and Windows line ends are converted", () => {
  const required = [
    { source: ALICLOUD, version: "~> 1.260" },
    { source: "registry.terraform.io/hashicorp/random", version: "3.7.2" },
    { source: "registry.terraform.io/hashicorp/null" },
  ];
  const once = seedLockText(FULL_ENTRY, OWN, required);
  expect(seedLockText(once, OWN, required)).toBe(once);
  expect(seedLockText(once.replace(/\n/g, "\r\n"), OWN, required)).toBe(once);
});

test("cdktf finds every required provider with a constraint that it takes as met", () => {
  const required = [
    { source: OWN.source, version: "0.0.5" },
    { source: ALICLOUD, version: "> 1.0" },
    { source: "registry.terraform.io/hashicorp/random", version: "3.7.2" },
  ];
  expect(asCdktfReads(seedLockText(FULL_ENTRY, OWN, required))).toEqual({
    [OWN.source]: "0.0.5",
    [ALICLOUD]: ">= 0.0.0",
    "registry.terraform.io/hashicorp/random": "3.7.2",
  });
});
