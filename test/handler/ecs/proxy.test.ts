import { proxyFor } from "../../../lib/handler/ecs/proxy";

const ECS = "https://ecs.cn-hangzhou.aliyuncs.com/";
const by = (url: string, except?: string, { http, https } = { http: "http://plain:1", https: "secure:2" }) =>
  proxyFor(new URL(url), { http: { variable: "HTTP_PROXY", value: http }, https: { variable: "HTTPS_PROXY", value: https }, except })
    ?.host ?? null;

describe("the proxy of a URL", () => {
  test("is that of the URL's protocol, with or without http:// in front of its host", () => {
    expect(by(ECS)).toBe("secure:2");
    expect(by("http://ecs.cn-hangzhou.aliyuncs.com/")).toBe("plain:1");
    expect(proxyFor(new URL(ECS), {})).toBeNull();
    expect(proxyFor(new URL(ECS), { http: { variable: "HTTP_PROXY", value: "http://plain:1" } })).toBeNull();
  });

  test("is never used for the metadata service, which returns the credentials of the machine that asks", () => {
    expect(by("http://100.100.100.200/latest/api/token")).toBeNull();
  });

  test("is used for a loopback address only if the proxy itself is on this machine", () => {
    const here = { http: "http://127.0.0.1:3128", https: "http://localhost:3128" };
    for (const url of ["http://127.0.0.1:4566/", "http://localhost:4566/", "https://[::1]:4566/"]) {
      expect(by(url)).toBeNull();
      expect(by(url, undefined, here)).not.toBeNull();
      expect(by(url, "localhost,127.0.0.0/8,::1", here)).toBeNull();
    }
  });

  test.each([
    ["*", true],
    ["ecs.cn-hangzhou.aliyuncs.com", true],
    ["aliyuncs.com", true],
    ["example.com, aliyuncs.com", true],
    ["example.com aliyuncs.com", true],
    [".aliyuncs.com", true],
    ["*.aliyuncs.com", true],
    ["ALIYUNCS.COM", true],
    ["aliyuncs.com:443", true],
    ["aliyuncs.com:80", false],
    ["yuncs.com", false],
    ["example.com", false],
    [".ecs.cn-hangzhou.aliyuncs.com", false],
    ["", false],
    [",,", false],
    ["10.0.0.0/8", false],
    ["[::1", false],
  ])("with NO_PROXY=%j is skipped for ECS: %s", (except, exempt) => expect(by(ECS, except) === null).toBe(exempt));

  test.each([
    ["http://10.1.2.3/", "10.0.0.0/8", true],
    ["http://10.1.2.3:8080/", "10.1.2.3:8080", true],
    ["http://10.1.2.3:8080/", "10.1.2.3:80", false],
    ["http://11.1.2.3/", "10.0.0.0/8", false],
    ["http://10.1.2.3/", "10.0.0.0/99", false],
    ["https://[fd00::1]/", "fd00::/8", true],
    ["https://[fd00::1]/", "fd00::1", true],
    ["https://[fd00::1]:8443/", "[fd00::1]:8443", true],
    ["https://[fe80::1]/", "fd00::/8", false],
    ["http://1.2.3.4/", "3.4", false],
  ])("of %s with NO_PROXY=%s is skipped: %s", (url, except, exempt) => expect(by(url, except) === null).toBe(exempt));

  describe("that is not an HTTP proxy", () => {
    const socks = { http: "http://plain:1", https: "socks5://user:p@55word@proxy:1080" };

    test("is refused only for a URL that would use it, with its variable and value but not its password", () => {
      expect(() => by(ECS, undefined, socks)).toThrow('HTTPS_PROXY is "socks5://***@proxy:1080"');
      expect(by("http://ecs.cn-hangzhou.aliyuncs.com/", undefined, socks)).toBe("plain:1");
      expect(by(ECS, "aliyuncs.com", socks)).toBeNull();
    });

    test.each(["http://", "http://proxy:port", "two words", ":3128"])("%j is refused", (https) =>
      expect(() => by(ECS, undefined, { http: "", https })).toThrow("HTTPS_PROXY is"),
    );
  });
});
