import { rpcSignature, rpcStringToSign } from "../../../../lib/emulator/identity/signature/rpc";

const PUBLISHED = {
  AccessKeyId: "testid",
  Action: "DescribeRegions",
  Format: "XML",
  SignatureMethod: "HMAC-SHA1",
  SignatureNonce: "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
  SignatureVersion: "1.0",
  Timestamp: "2016-02-23T12:46:24Z",
  Version: "2014-05-26",
};

test("the published example of signature version 1.0 has its published signature", () => {
  expect(rpcSignature(rpcStringToSign("GET", PUBLISHED), "testsecret")).toBe("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
});

test("the signature itself is not signed", () => {
  expect(rpcStringToSign("GET", { ...PUBLISHED, Signature: "anything" })).toBe(rpcStringToSign("GET", PUBLISHED));
});

test("blanks, asterisks, tildes and non-ASCII letters are encoded by RFC 3986, and the whole query is encoded again", () => {
  expect(rpcStringToSign("POST", { "A*": "a b~ü!" })).toBe("POST&%2F&A%252A%3Da%2520b~%25C3%25BC%2521");
});
