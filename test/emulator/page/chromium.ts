import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { until } from "../../support/waiting/until";

/** The path of Chromium on this machine, or undefined. */
export function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

/** A headless Chromium, driven by the DevTools protocol over a pipe. Its start takes longer than most tests, so they share one. */
export class Chromium {
  private readonly waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  private readonly profile = mkdtempSync(join(tmpdir(), "emulator-page-"));
  private readonly child: ChildProcess;
  private readonly pages = new Map<string, ChromiumPage>();
  private lastId = 0;
  private rest = "";

  constructor(file: string) {
    this.child = spawn(file, [...FLAGS, `--user-data-dir=${this.profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    (this.child.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => this.read(text));
    this.child.once("error", (error) => this.fail(error));
    this.child.once("exit", (code) => this.fail(new Error(`Chromium ended with ${code}.`)));
  }

  /** Opens a page that shares neither cookies nor storage with the others. */
  async open(url: string): Promise<ChromiumPage> {
    const { browserContextId } = await this.send<{ browserContextId: string }>("Target.createBrowserContext");
    const { targetId } = await this.send<{ targetId: string }>("Target.createTarget", { url: "about:blank", browserContextId });
    const { sessionId } = await this.send<{ sessionId: string }>("Target.attachToTarget", { targetId, flatten: true });
    const page = new ChromiumPage(
      (method, params) => this.send(method, params, sessionId),
      async () => {
        this.pages.delete(sessionId);
        await this.send("Target.disposeBrowserContext", { browserContextId });
      },
    );
    this.pages.set(sessionId, page);
    await page.go(url);
    return page;
  }

  /** Asks Chromium to exit, because its helper processes write to the profile until they have exited. After 5 s it is killed. */
  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => this.child.once("exit", resolve));
      this.send("Browser.close").catch(() => {});
      const last = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
      await gone;
      clearTimeout(last);
    }
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  private send<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    const id = ++this.lastId;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  private read(text: string): void {
    const messages = (this.rest + text).split("\0");
    this.rest = messages.pop()!;
    for (const message of messages) this.take(JSON.parse(message) as Message);
  }

  private take({ id, result, error, method, params, sessionId }: Message): void {
    const refused = params?.entry?.source === "network"; // the page itself reports what the API refuses
    if ((method === "Log.entryAdded" && !refused) || method === "Runtime.exceptionThrown")
      this.pages.get(sessionId ?? "")?.complaints.push(JSON.stringify(params));
    const waiting = id === undefined ? undefined : this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id!);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result as never);
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

export class ChromiumPage {
  /** Errors in the page's script, and violations of its content security policy. */
  readonly complaints: string[] = [];

  constructor(
    private readonly send: <T>(method: string, params?: object) => Promise<T>,
    readonly close: () => Promise<void>,
  ) {}

  async go(url: string): Promise<void> {
    for (const domain of ["Runtime", "Log", "Page"]) await this.send(`${domain}.enable`);
    await this.send("Page.addScriptToEvaluateOnNewDocument", { source: HASTE });
    await this.send("Page.navigate", { url });
  }

  /** The value of an expression in the page; promises are awaited. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: T };
      exceptionDetails?: { exception?: { description?: string } };
    }>("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? `${expression} failed in the page.`);
    return result.value;
  }

  /** Waits until the expression, or its promise's value, is true in the page. */
  async until(expression: string): Promise<void> {
    const isTrue = (): Promise<boolean> => this.evaluate<boolean>(`(async () => Boolean(await (${expression})))().catch(() => false)`);
    await until(`${expression} in the page`, isTrue).catch(async (error: Error) => {
      throw new Error(`${error.message}. It shows:\n${await this.evaluate("document.body.innerText")}`);
    });
  }

  /** Gives the page a screen of this size. */
  async resize(width: number, height: number): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.send<{ data: string }>("Page.captureScreenshot", { format: "png" })).data, "base64");
  }
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly entry?: { readonly source: string } };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** The page refreshes itself every second; in tests, every 200 ms. */
const HASTE = "{ const { setTimeout } = window; window.setTimeout = (callback, ms) => setTimeout(callback, ms / 5); }";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-pipe",
  "--window-size=1280,860",
];
