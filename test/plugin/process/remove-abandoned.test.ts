import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeAbandoned } from "../../../lib/plugin/process/remove-abandoned";

describe("a directory of a killed plugin", () => {
  let base: string;
  const servers: Server[] = [];
  beforeEach(() => (base = mkdtempSync(join(tmpdir(), "a-"))));
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    rmSync(base, { recursive: true, force: true });
  });

  const HOURS = 3_600;
  const PREFIXES = { sockets: "imagetask-", others: ["imagetask-oidc-"] };

  function age(directory: string, seconds: number): void {
    const then = Date.now() / 1000 - seconds;
    utimesSync(directory, then, then);
  }

  function directory(name: string, seconds: number): string {
    const made = join(base, name);
    mkdirSync(made);
    age(made, seconds);
    return made;
  }

  async function listening(name: string): Promise<string> {
    const made = directory(name, 0);
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(join(made, "s"), resolve));
    age(made, HOURS);
    return made;
  }

  test("is removed if nothing listens on its socket, or it has none", async () => {
    const empty = directory("imagetask-AbC123", HOURS);
    const dead = directory("imagetask-dEf456", HOURS);
    writeFileSync(join(dead, "s"), "");
    age(dead, HOURS);

    await removeAbandoned(base, PREFIXES);

    expect([empty, dead].map(existsSync)).toEqual([false, false]);
  });

  test("stays while a plugin listens on its socket, however old it is", async () => {
    const alive = await listening("imagetask-aLiVe1");

    await removeAbandoned(base, PREFIXES);

    expect(existsSync(join(alive, "s"))).toBe(true);
  });

  test("stays for some minutes, because it may belong to a plugin that is starting", async () => {
    const young = directory("imagetask-yOuNg1", 30);

    await removeAbandoned(base, PREFIXES);

    expect(existsSync(young)).toBe(true);
  });

  test("is removed only if its name is exactly that of a plugin's directory", async () => {
    const others = ["imagetask", "imagetask-oidc-AbC123", "imagetask-toolong1", "my-imagetask-AbC123"].map((name) =>
      directory(name, HOURS),
    );
    const file = join(base, "imagetask-fIlE01");
    writeFileSync(file, "");
    age(file, HOURS);

    await removeAbandoned(base, PREFIXES);

    expect([...others, file].map(existsSync)).toEqual([true, true, true, true, true]);
  });

  test("is removed after a day if it holds an OIDC token", async () => {
    const token = directory("imagetask-oidc-AbC123", 25 * HOURS);

    await removeAbandoned(base, PREFIXES);

    expect(existsSync(token)).toBe(false);
  });

  test("is ignored if the temporary directory cannot be read", async () => {
    await expect(removeAbandoned(join(base, "missing"), PREFIXES)).resolves.toBeUndefined();
  });
});
