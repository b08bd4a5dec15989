import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadScript, ROOT } from "../support/load-script";

type WithAbsoluteLinks = (text: string, repository: string) => string;
const { withAbsoluteLinks } = loadScript<{ withAbsoluteLinks: WithAbsoluteLinks }>("scripts/package/stage.mjs");
const HOME = "https://github.com/acme/tasks";

test("relative links and images of a packed README become links to the repository, and other links stay unchanged", () => {
  const text = "[a](docs/a.md#b) ![picture](docs/p.svg) [below](#below) [site](https://example.com/x)";
  expect(withAbsoluteLinks(text, `git+${HOME}.git`)).toBe(
    `[a](${HOME}/blob/main/docs/a.md#b) ![picture](${HOME}/raw/main/docs/p.svg) [below](#below) [site](https://example.com/x)`,
  );
});

test("no link of the packed README is relative", () => {
  const { repository } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { repository: { url: string } };
  const packed = withAbsoluteLinks(readFileSync(join(ROOT, "README.md"), "utf8"), repository.url);
  const targets = [...packed.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
  expect(targets.length).toBeGreaterThan(20);
  expect(targets.filter((target) => !/^(https:\/\/|#)/.test(target))).toEqual([]);
});
