import { EcsEmulator, type ManualClock } from "../../../lib/emulator";
import { importRequest, models, refusal, sdk, startImport, withEcs } from "../support/sdk";
import { Chromium, type ChromiumPage, findChromium } from "./chromium";

const chromium = findChromium();
const inChromium = chromium ? describe : describe.skip;

test("the page's content security policy allows only its own script and style, and no framing", () =>
  withEcs({}, async ({ ecs }) => {
    const answer = await fetch(ecs.url);
    expect(answer.headers.get("content-type")).toBe("text/html;charset=utf-8");
    const policy = answer.headers.get("content-security-policy");
    expect(policy).toMatch(/^default-src 'none'; .*script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/);
    expect(policy).not.toContain("unsafe");
    expect(await answer.text()).toContain("<title>ECS emulator</title>");
  }));

test("the page loads nothing from the network", () =>
  withEcs({}, async ({ ecs }) => {
    expect(await (await fetch(ecs.url)).text()).not.toMatch(/https?:\/\/|\ssrc=|@import|url\(/);
  }));

const title = chromium ? "the page in Chromium" : "the page in Chromium (skipped: there is no chromium on the PATH)";
inChromium(title, () => {
  let browser: Chromium;
  beforeAll(() => void (browser = new Chromium(chromium!)));
  afterAll(() => browser.close());

  const withPage = (test: (page: ChromiumPage, ecs: EcsEmulator<ManualClock>) => Promise<void>): Promise<void> =>
    withEcs({}, async ({ ecs }) => {
      const page = await browser.open(ecs.url);
      try {
        await test(page, ecs);
        expect(page.complaints).toEqual([]);
      } finally {
        await page.close();
      }
    });

  test("a task's progress bar grows in the same row until the task has finished", () =>
    withPage(async (page, ecs) => {
      const { taskId } = await startImport(sdk(ecs.endpoint));
      const row = `document.querySelector('[data-key="${taskId}"]')`;
      await page.until(`${row}?.innerText.includes("0 %")`);
      await page.evaluate(`${row}.mark = "same"`);
      ecs.clock.advance(30_000);
      await page.until(`${row}.querySelector("i").style.width === "50%" && ${row}.innerText.includes("50 %")`);
      ecs.clock.advance(31_000);
      await page.until(`${row}.className === "task finished" && document.getElementById("images").innerText.includes("Available")`);
      expect(await page.evaluate(`${row}.mark`)).toBe("same");
      await page.until(`document.getElementById("counts").innerText.includes("1 finished")`);
    }));

  test("the cancel button cancels a task", () =>
    withPage(async (page, ecs) => {
      const { taskId } = await startImport(sdk(ecs.endpoint));
      const row = `document.querySelector('[data-key="${taskId}"]')`;
      await page.until(`${row}?.querySelector("button")`);
      await page.evaluate(`${row}.querySelector("button").click()`);
      await page.until(`${row}.innerText.includes("Cancelling") && ${row}.querySelector("button").hidden`);
      ecs.clock.advance(1_000);
      await page.until(`${row}.innerText.includes("Deleted")`);
      expect(ecs.stats.cancelled).toBe(1);
      expect(ecs.images).toEqual([]);
    }));

  test("a row for each call shows its action, region, image and outcome", () =>
    withPage(async (page, ecs) => {
      const client = sdk(ecs.endpoint);
      await startImport(client);
      expect(await refusal(client.importImage(importRequest()))).toBe("403 ImageIsImporting");
      await page.until(`document.getElementById("calls").rows.length === 2`);
      const rows = await page.evaluate<string[]>(`[...document.getElementById("calls").rows].map((row) => row.innerText)`);
      expect(rows[0]).toContain("403 ImageIsImporting");
      expect(rows[1]).toMatch(/ImportImage\s+cn-hangzhou\s+web\s+200/);
    }));

  test("the page sets switches, and shows a refused value with the reason and the old value", () =>
    withPage(async (page, ecs) => {
      await page.until(`document.querySelector('[name="afterCancel.image"]')`);
      const choose = (name: string, code: string): Promise<void> =>
        page.evaluate(
          `(() => { const shown = document.querySelector('[name="${name}"]'); shown.${code}; shown.dispatchEvent(new Event("change")); })()`,
        );
      await choose("afterCancel.image", `value = "CreateFailed"`);
      await choose("cancel.notFoundStatus", `value = "404"`);
      await choose("task.listCancelled", "checked = false");
      await choose("image.quota", `value = "3"`);
      await page.until(
        `fetch("/_admin/behaviour").then((answer) => answer.json()).then(({ image, task }) => image.quota === 3 && !task.listCancelled)`,
      );
      expect(ecs.behaviour).toMatchObject({
        afterCancel: { image: "CreateFailed" },
        cancel: { notFoundStatus: 404 },
        task: { listCancelled: false },
        image: { quota: 3 },
      });
      await choose("image.deleteDelay", `value = ""`);
      await page.until(`document.getElementById("notice").innerText.includes("image.deleteDelay is null")`);
      expect(ecs.behaviour.image.deleteDelay).toBe(500);
      await page.until(`document.querySelector('[name="image.deleteDelay"]').value === "500"`);
    }));

  test("a task's row shows the image's name, the stack and the time left", () =>
    withPage(async (page, ecs) => {
      const client = sdk(ecs.endpoint);
      const tag = (key: string, value: string) => [new models.ImportImageRequestTag({ key, value })];
      await startImport(client, { imageName: "by-tag", tag: tag("imagetask:stack", "web-stack") });
      await startImport(client, { imageName: "by-path", tag: tag("imagetask:start_key", "images/web/import") });
      await startImport(client, { imageName: "by-hash", tag: tag("imagetask:start_key", "0a1b2c") });
      ecs.clock.advance(20_000);
      const row = (name: string): string => `[...document.querySelectorAll(".task")].find((row) => row.innerText.includes("${name}"))`;
      await page.until(`${row("by-tag")}?.innerText.includes("40 s left")`);
      expect(await page.evaluate(`${row("by-tag")}.querySelector(".stack").textContent`)).toBe("web-stack");
      expect(await page.evaluate(`${row("by-path")}.querySelector(".stack").textContent`)).toBe("images");
      expect(await page.evaluate(`${row("by-hash")}.querySelector(".stack").textContent`)).toBe("");
      expect(await page.evaluate(`document.getElementById("images").innerText`)).toContain("web-stack");
    }));

  test("eighty reading calls in a row take one row, so that other calls stay visible", () =>
    withPage(async (page, ecs) => {
      const client = sdk(ecs.endpoint);
      await startImport(client);
      for (let index = 0; index < 40; index++) {
        await client.describeTasks(new models.DescribeTasksRequest({ regionId: "cn-hangzhou" }));
        await client.describeImages(new models.DescribeImagesRequest({ regionId: "cn-hangzhou" }));
      }
      await page.until(`document.getElementById("calls").innerText.includes("× 80")`);
      const rows = await page.evaluate<string[]>(`[...document.getElementById("calls").rows].map((row) => row.innerText)`);
      expect(rows).toHaveLength(2);
      expect(rows[0]).toMatch(/DescribeImages, DescribeTasks × 80\s.*since \d\d:\d\d/s);
      expect(rows[1]).toContain("ImportImage");
    }));

  test.each([400, 1280])("nothing is wider than a screen of %i pixels", (width) =>
    withPage(async (page, ecs) => {
      await page.resize(width, 860);
      const client = sdk(ecs.endpoint);
      await startImport(client, { imageName: "an-image-with-a-name-of-many-letters-as-pipelines-make-them-2026-08-01" });
      ecs.addImage({ name: "base", tags: { "imagetask:stack": "a-stack-with-a-long-name-of-its-own" } });
      await refusal(
        client.importImage(importRequest({ imageName: "an-image-with-a-name-of-many-letters-as-pipelines-make-them-2026-08-01" })),
      );
      await page.until(`document.getElementById("calls").rows.length === 2 && document.querySelector(".task")`);
      const tooWide = `[document.documentElement, ...document.querySelectorAll("main > *, .task, tr")].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 200))`;
      expect(await page.evaluate(tooWide)).toEqual([]);
      const button = `document.querySelector(".task button").getBoundingClientRect()`;
      expect(await page.evaluate(`${button}.right <= ${width} && ${button}.width > 40`)).toBe(true);
    }),
  );

  test("the admin token moves from the page's address to a cookie that scripts cannot read", async () => {
    const ecs = new EcsEmulator({ adminToken: "open-sesame" });
    await ecs.start();
    const page = await browser.open(`${ecs.url}/?token=open-sesame`);
    try {
      await page.until(`document.getElementById("counts").innerText.includes("0 images")`);
      expect(await page.evaluate("location.href")).toBe(`${ecs.url}/`);
      expect(await page.evaluate("document.cookie")).toBe("");
    } finally {
      await page.close();
      await ecs.stop();
    }
  });

  test("HTML in an image's name is shown as text", () =>
    withPage(async (page, ecs) => {
      const name = `</script><script>document.title="owned"</script><img src=x onerror="document.title='owned'">`;
      ecs.addImage({ name, id: `m-"><b>` });
      await page.until(`document.getElementById("images").rows.length === 1`);
      expect(await page.evaluate(`document.getElementById("images").rows[0].cells[1].textContent`)).toBe(name);
      expect(await page.evaluate(`document.querySelectorAll("#images img, #images script, #images b").length`)).toBe(0);
      expect(await page.evaluate("document.title")).toBe("ECS emulator");
    }));

  test("the page says so when the emulator does not answer", () =>
    withEcs({}, async ({ ecs }) => {
      const page = await browser.open(ecs.url);
      try {
        await page.until(`document.getElementById("counts").innerText.includes("0 images")`);
        await ecs.stop();
        await page.until(`document.getElementById("notice").innerText.includes("does not answer")`);
      } finally {
        await page.close();
      }
    }));
});
