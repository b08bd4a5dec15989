import fc from "fast-check";
import { requestFingerprint } from "../../../../lib/handler/task/start/request-fingerprint";

const ASKED = { kind: "import", region: "cn-hangzhou", imageName: "web", disks: [{ ossBucket: "a", ossObject: "b" }] } as const;

describe("the fingerprint of a request", () => {
  test("changes with the kind, the region, the name and any other argument", () => {
    const all = [
      ASKED,
      { ...ASKED, kind: "copy" as const },
      { ...ASKED, region: "cn-beijing" },
      { ...ASKED, sourceRegion: "cn-beijing" },
      { ...ASKED, imageName: "web-2" },
      { ...ASKED, imageName: undefined },
      { ...ASKED, platform: "CentOS" },
      { ...ASKED, disks: [{ ossBucket: "a", ossObject: "b", format: "RAW" }] },
    ].map((asked) => requestFingerprint(asked));
    expect(new Set(all).size).toBe(all.length);
  });

  test("stays with another description and other tags, which change in place", () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.string()), (description, tags) =>
        expect(requestFingerprint({ ...ASKED, description, tags })).toBe(requestFingerprint(ASKED)),
      ),
    );
  });

  test("stays whatever order the arguments come in, and fits a tag", () => {
    const reversed = Object.fromEntries(Object.entries(ASKED).reverse()) as typeof ASKED;
    expect(requestFingerprint(reversed)).toBe(requestFingerprint(ASKED));
    expect(requestFingerprint(ASKED)).toMatch(/^[0-9a-f]{32}$/);
  });
});
