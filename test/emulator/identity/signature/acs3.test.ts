import {
  acs3Signature,
  acs3StringToSign,
  canonicalRequest,
  parseAuthorization,
  sha256,
} from "../../../../lib/emulator/identity/signature/acs3";

const NAMES = ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"];

const PUBLISHED = {
  method: "POST",
  path: "/",
  query: [
    ["RegionId", "cn-shanghai"],
    ["ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"],
  ] as const,
  headers: {
    host: "ecs.cn-shanghai.aliyuncs.com",
    "x-acs-action": "RunInstances",
    "x-acs-content-sha256": sha256(""),
    "x-acs-date": "2023-10-26T10:22:32Z",
    "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
    "x-acs-version": "2014-05-26",
  },
  signedHeaders: NAMES,
  bodyHash: sha256(""),
};

test("the published example of signature version 3 has its published signature", () => {
  const canonical = canonicalRequest(PUBLISHED);
  expect(sha256(canonical)).toMatch(/^7ea06492.*5b1e259$/);
  expect(acs3Signature(acs3StringToSign(canonical), "YourAccessKeySecret")).toBe(
    "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
  );
});

test("the order of the signed headers' names does not matter", () => {
  expect(canonicalRequest({ ...PUBLISHED, signedHeaders: [...NAMES].reverse() })).toBe(canonicalRequest(PUBLISHED));
});

test("an Authorization header is parsed into algorithm, AccessKey id, signed headers and signature", () => {
  expect(parseAuthorization("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=Host;x-acs-date,Signature=ab12")).toEqual({
    algorithm: "ACS3-HMAC-SHA256",
    accessKeyId: "id",
    signedHeaders: ["host", "x-acs-date"],
    signature: "ab12",
  });
});

test.each(["", "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 Credential=id,Signature=ab12", "Bearer token"])(
  "an incomplete Authorization header is not parsed: %p",
  (header) => {
    expect(parseAuthorization(header)).toBeUndefined();
  },
);
