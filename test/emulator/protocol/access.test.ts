import { request } from "node:http";
import { EcsEmulator, type EcsEmulatorOptions } from "../../../lib/emulator";
import { rpcParameters } from "../support/signed";

const KEYS = { accessKeyId: "id", accessKeySecret: "secret" };
const TOKEN = "a-token-of-the-test";

async function withEmulator(options: EcsEmulatorOptions, test: (ecs: EcsEmulator) => Promise<void>): Promise<void> {
  const ecs = new EcsEmulator({ ...KEYS, ...options });
  await ecs.start();
  try {
    await test(ecs);
  } finally {
    await ecs.stop();
  }
}

interface Asked {
  readonly status: number;
  readonly body: string;
  readonly cookie: string;
}

/** `fetch` cannot set Host, Origin or Sec-Fetch-Site. */
function ask(ecs: EcsEmulator, path: string, headers: { [name: string]: string } = {}, method = "GET"): Promise<Asked> {
  return new Promise((resolve, reject) => {
    request(ecs.url + path, { method, headers }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (part: string) => (body += part));
      answer.once("end", () => resolve({ status: answer.statusCode!, body, cookie: answer.headers["set-cookie"]?.[0] ?? "" }));
    })
      .once("error", reject)
      .end();
  });
}

const signed = (action = "DescribeTasks"): string =>
  `/?${new URLSearchParams(rpcParameters({ action, params: { RegionId: "cn-hangzhou" }, format: "JSON" }))}`;

describe("a correctly signed call", () => {
  const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0";

  test.each([
    [{ origin: "https://evil.example" }],
    [{ origin: "null" }],
    [{ origin: "http://127.0.0.1:3000" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }],
    [{ "sec-fetch-site": "same-site" }],
    [{ host: "evil.example:80" }],
    [{ host: "evil.example.", origin: "http://evil.example." }],
    [{ host: "localhost.evil.example", origin: "http://localhost.evil.example", "sec-fetch-site": "same-origin" }],
    [{ "user-agent": BROWSER }],
  ])("from a web page is refused: %j", (headers) =>
    withEmulator({}, async (ecs) => {
      const { status, body } = await ask(ecs, signed(), headers);
      expect(status).toBe(403);
      expect(JSON.parse(body)).toMatchObject({ Code: "Forbidden" });
      expect(ecs.calls).toMatchObject([{ outcome: { status: 403, effect: false } }]);
    }),
  );

  test.each([
    [{ host: "localhost:4566" }],
    [{ host: "[::1]:4566" }],
    [{ host: "emulator.localhost:4566" }],
    [{ host: "ecs-emulator:4566" }],
    [{ host: "host.docker.internal:4566" }],
    [{ host: "emulator.default.svc.cluster.local" }],
    [{ host: "192.168.7.7:4566" }],
    [{ host: "ecs.cn-hangzhou.aliyuncs.com" }],
    [{ host: "emulator.example.com" }],
    [{ "user-agent": BROWSER, "sec-fetch-site": "none" }],
  ])("from anything else is answered: %j", (headers) =>
    withEmulator({ allowHosts: ["Emulator.Example.com"] }, async (ecs) => {
      expect((await ask(ecs, signed(), headers)).status).toBe(200);
    }),
  );

  test("to an unknown host name is refused with the flag that allows it", () =>
    withEmulator({}, async (ecs) => {
      const { body } = await ask(ecs, signed(), { host: "emulator.example.com" });
      expect((JSON.parse(body) as { Message: string }).Message).toBe(
        'The emulator does not accept the host name "emulator.example.com". Use an IP address, or start the emulator with --allow-host emulator.example.com.',
      );
    }));
});

describe("page and admin API of an emulator that only this machine can reach", () => {
  test("answer without a token, but only by a loopback name", () =>
    withEmulator({}, async (ecs) => {
      expect(ecs.adminToken).toBeUndefined();
      for (const path of ["/", "/_admin/state"]) {
        expect((await ask(ecs, path)).status).toBe(200);
        expect((await ask(ecs, path, { host: "localhost:1" })).status).toBe(200);
        expect((await ask(ecs, path, { host: "evil.example" })).status).toBe(403);
        expect((await ask(ecs, path, { host: "emulator:4566" })).status).toBe(403);
      }
    }));

  test("a link on another web page can open the page, but not the admin API", () =>
    withEmulator({}, async (ecs) => {
      const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
      expect((await ask(ecs, "/", link)).status).toBe(200);
      expect((await ask(ecs, "/_admin/state", link)).status).toBe(403);
    }));
});

describe("page and admin API of an emulator that other machines can reach", () => {
  const remote = { host: "0.0.0.0", allowRemote: true, adminToken: TOKEN };

  test("require the token, even from this machine, and say how to send it", () =>
    withEmulator(remote, async (ecs) => {
      for (const path of ["/", "/_admin", "/_admin/state"]) {
        const { status, body } = await ask(ecs, path);
        expect(status).toBe(401);
        expect(body).toContain("/?token=TOKEN");
        expect(body).not.toContain(TOKEN);
      }
      expect((await ask(ecs, "/_admin/state?token=another-one")).body).toContain("another token");
    }));

  test.each([["127.0.0.1:4566"], ["ecs-emulator:4566"], ["172.17.0.2:4566"]])("take the token in a header at the host %s", (host) =>
    withEmulator(remote, async (ecs) => {
      expect((await ask(ecs, "/_admin/state", { host, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    }),
  );

  test("take the token in the page's address, and then from the cookie that the page sets", () =>
    withEmulator(remote, async (ecs) => {
      const page = await ask(ecs, `/?token=${TOKEN}`);
      expect(page.status).toBe(200);
      expect(page.body).toContain("<title>ECS emulator</title>");
      expect(page.cookie).toMatch(/^imagetask-[0-9a-f]{8}=a-token-of-the-test; Path=\/; HttpOnly; SameSite=Strict$/);
      const cookie = `other=1; ${page.cookie.split(";")[0]}`;
      expect((await ask(ecs, "/_admin/state", { cookie, origin: ecs.url })).status).toBe(200);
      expect((await ask(ecs, "/", { cookie })).status).toBe(200);
      expect((await ask(ecs, "/_admin/state", { cookie, origin: "http://evil.example" })).status).toBe(403);
      expect((await ask(ecs, "/_admin/state", { cookie, host: "evil.example" })).status).toBe(403);
    }));

  test("have a random token if none is given", async () => {
    const tokens = [0, 1].map(() => new EcsEmulator({ allowRemote: true }).adminToken);
    expect(tokens[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  test.each(["short", "with a blank", "semi;colon1"])('refuse the token "%s"', (adminToken) => {
    expect(() => new EcsEmulator({ adminToken })).toThrow("8 or more letters");
  });

  test("do not require the token for signed calls", () =>
    withEmulator(remote, async (ecs) => expect((await ask(ecs, signed(), { host: "172.17.0.2:4566" })).status).toBe(200)));

  test("have an endpoint with an address that clients can call", () =>
    withEmulator(remote, async (ecs) => {
      expect(ecs.endpoint).toMatch(/^127\.0\.0\.1:\d+$/);
    }));
});
