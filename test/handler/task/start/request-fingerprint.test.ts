import { requestFingerprint, type AskedFor } from "../../../../lib/handler/task/start/request-fingerprint";

const PARAMETERS = { ImageName: "web", DiskDeviceMapping: [{ OSSBucket: "a", OSSObject: "b" }] };
const ASKED: AskedFor = { kind: "import", region: "cn-hangzhou", parameters: PARAMETERS, triggers: {} };

describe("the fingerprint of a request", () => {
  test("changes with the kind, the region, any parameter, and the triggers", () => {
    const all = [
      ASKED,
      { ...ASKED, kind: "copy" as const },
      { ...ASKED, region: "cn-beijing" },
      { ...ASKED, parameters: { ...PARAMETERS, ImageName: "web-2" } },
      { ...ASKED, parameters: { ...PARAMETERS, Platform: "CentOS" } },
      { ...ASKED, parameters: { ...PARAMETERS, DiskDeviceMapping: [{ OSSBucket: "a", OSSObject: "b", Format: "RAW" }] } },
      { ...ASKED, triggers: { etag: "1" } },
    ].map(requestFingerprint);
    expect(new Set(all).size).toBe(all.length);
  });

  test("is the same in any order of the arguments, and 32 hex digits long", () => {
    const reversed = Object.fromEntries(Object.entries(ASKED).reverse()) as unknown as AskedFor;
    expect(requestFingerprint(reversed)).toBe(requestFingerprint(ASKED));
    expect(requestFingerprint(ASKED)).toMatch(/^[0-9a-f]{32}$/);
  });
});
