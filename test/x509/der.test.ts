import { bitString, boolean, integer, octetString, oid, sequence, time, utf8 } from "../../lib/x509/der";

test.each([
  ["true", boolean(true), "0101ff"],
  ["the integer 0", integer(Buffer.from([0])), "020100"],
  ["an integer whose high bit is set", integer(Buffer.from([0x80])), "02020080"],
  ["an integer with zeros before it", integer(Buffer.from([0, 0, 1])), "020101"],
  ["an identifier with a large arc", oid("1.2.840.10045.4.3.2"), "06082a8648ce3d040302"],
  ["bits of which two are unused", bitString(Buffer.from([0x84]), 2), "03020284"],
  ["a text", utf8("镜"), "0c03e9959c"],
  ["a time", time(new Date("2026-01-02T03:04:05.678Z")), `170d${Buffer.from("260102030405Z").toString("hex")}`],
  ["a time after 2049", time(new Date("2050-01-02T03:04:05Z")), `180f${Buffer.from("20500102030405Z").toString("hex")}`],
  ["a sequence", sequence(boolean(false), boolean(true)), "30060101000101ff"],
])("the DER encoding of %s is right", (_what, encoded, hex) => {
  expect(encoded.toString("hex")).toBe(hex);
});

test.each([
  [127, "047f"],
  [128, "048180"],
  [256, "04820100"],
  [70_000, "0483011170"],
])("the DER encoding of a length of %d bytes is right", (length, start) => {
  const encoded = octetString(Buffer.alloc(length));
  expect(encoded.subarray(0, encoded.length - length).toString("hex")).toBe(start);
});
