import { handshakeLine, HandshakeError, readHandshake } from "../../../lib/plugin/transport/handshake";

const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };
const USAGE = "Name it in required_providers.";

describe("the handshake", () => {
  test("takes the client's certificate from the environment", () => {
    expect(readHandshake("imagetask", USAGE, { ...COOKIE, PLUGIN_PROTOCOL_VERSIONS: "5,6", PLUGIN_CLIENT_CERT: "PEM" }, "tcp")).toEqual({
      clientCertificate: "PEM",
    });
  });

  test("needs neither a certificate nor versions", () => {
    expect(readHandshake("imagetask", USAGE, COOKIE, "unix")).toEqual({ clientCertificate: undefined });
  });

  test.each([{}, { TF_PLUGIN_MAGIC_COOKIE: "else" }])("fails with what this file is if Terraform did not start it (%j)", (env) => {
    expect(() => readHandshake("imagetask", USAGE, env, "unix")).toThrow(HandshakeError);
    expect(() => readHandshake("imagetask", USAGE, env, "unix")).toThrow(
      /This is the imagetask provider.*\n.*Name it in required_providers/,
    );
  });

  test.each(["5", "4,5", "7", "16"])("fails with both versions if the program that started it offers %s", (offered) => {
    expect(() => readHandshake("imagetask", USAGE, { ...COOKIE, PLUGIN_PROTOCOL_VERSIONS: offered }, "unix")).toThrow(
      `speaks version 6 of Terraform's plugin protocol; the program that started it offers ${offered}.`,
    );
  });

  test("refuses TCP for a Terraform without a certificate, because every user of the machine could connect", () => {
    expect(() => readHandshake("imagetask", USAGE, COOKIE, "tcp")).toThrow(
      "listens on a TCP port only for a Terraform that identifies itself with a certificate",
    );
  });

  test("prints the plugin's address and its certificate without padding", () => {
    expect(handshakeLine({ network: "unix", address: "/tmp/x/s" }, Buffer.from([1, 2, 3, 4]))).toBe("1|6|unix|/tmp/x/s|grpc|AQIDBA\n");
    expect(handshakeLine({ network: "tcp", address: "127.0.0.1:4711" })).toBe("1|6|tcp|127.0.0.1:4711|grpc\n");
  });
});
