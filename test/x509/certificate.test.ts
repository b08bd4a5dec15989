import { X509Certificate, createPrivateKey } from "node:crypto";
import { createCertificate } from "../../lib/x509/certificate";

describe("the plugin's certificate", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  const made = createCertificate(now);
  const certificate = new X509Certificate(made.certificate);

  test("is for localhost, signed with its own key, and is a certificate authority", () => {
    expect(certificate.subject).toBe("CN=localhost");
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.ca).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
  });

  test("is the same in DER and PEM", () => {
    expect(certificate.raw.equals(made.der)).toBe(true);
  });

  test("is valid from a day ago for ten years", () => {
    expect(new Date(certificate.validFrom)).toEqual(new Date("2026-02-28T12:00:00Z"));
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2036);
  });

  test("is a different one each time", () => {
    const other = new X509Certificate(createCertificate(now).certificate);
    expect(other.serialNumber).not.toBe(certificate.serialNumber);
    expect(other.fingerprint256).not.toBe(certificate.fingerprint256);
  });
});

describe("the certificate of an HTTPS server", () => {
  const made = createCertificate(new Date(), { hosts: ["emulator", "127.0.0.1", "::1", "fe80::1:2"], days: 30, authority: false });
  const certificate = new X509Certificate(made.certificate);

  test("is for the given names and addresses, and is no certificate authority", () => {
    expect(certificate.subjectAltName).toBe(
      "DNS:emulator, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:FE80:0:0:0:0:0:1:2",
    );
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect((Date.parse(certificate.validTo) - Date.now()) / 86_400_000).toBeCloseTo(30, 0);
  });
});
