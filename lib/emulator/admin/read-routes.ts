import type { CallRecord } from "../calls/call-log";
import { foldedCalls } from "../calls/folded-calls";
import { AdminError } from "./admin-error";
import type { AdminTarget } from "./admin-target";
import type { Route } from "./route";

/** The routes for the state, tasks, images, snapshots, calls and OSS objects. */
export function readRoutes(target: AdminTarget): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/state",
      what: "the clock, the number of tasks, images and snapshots, and why calls currently fail, if they do",
      run: () => ({
        now: target.clock.now(),
        tasks: target.stats,
        images: target.images.length,
        snapshots: target.snapshots.length,
        problem: target.problem,
      }),
    },
    {
      method: "GET",
      path: "/tasks",
      what: "all tasks; ?running=true: only those that have not ended; ?last=N: the N newest, newest first",
      run: ({ query }) => {
        if (query.get("running") === "true") return { tasks: newest(target.running, query) };
        const last = numberOf(query, "last");
        return { tasks: last === undefined ? target.tasks : target.latestTasks(last) };
      },
    },
    {
      method: "DELETE",
      path: "/tasks/:id",
      what: "cancels a task, as the console does",
      run: ({ id }) => target.cancelTask(id),
    },
    {
      method: "GET",
      path: "/images",
      what: "all images; ?last=N: the N newest, newest first",
      run: ({ query }) => {
        const last = numberOf(query, "last");
        return { images: last === undefined ? target.images : target.latestImages(last) };
      },
    },
    { method: "GET", path: "/snapshots", what: "all snapshots", run: () => ({ snapshots: target.snapshots }) },
    {
      method: "GET",
      path: "/max-concurrent",
      what: "the most tasks that ran at once for each value of ?key=clientToken or ?key=tag:NAME",
      run: ({ query }) => ({ max: target.maxConcurrent(concurrencyKey(query)) }),
    },
    {
      method: "GET",
      path: "/calls",
      what: "all calls; ?action=NAME: only those of one action; ?last=N: the N newest, newest first; ?fold=N: the newest in N rows, in which consecutive reads share a row",
      run: ({ query }) => {
        const calls = callsOf(target.calls, query.get("action"));
        const rows = numberOf(query, "fold");
        return { calls: rows === undefined ? newest(calls, query) : foldedCalls(calls, rows) };
      },
    },
    { method: "DELETE", path: "/calls", what: "clears the call log", run: () => target.clearCalls() },
    {
      method: "GET",
      path: "/oss",
      what: "the declared buckets, and the objects that exports wrote",
      run: () => ({ buckets: target.oss.declared, exports: target.oss.exports }),
    },
  ];
}

/** All items, oldest first; with `last`, only the newest, newest first. */
function newest<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const last = numberOf(query, "last");
  return last === undefined ? items : items.slice(-last).reverse();
}

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new AdminError(400, `${name} is "${text}". Allowed: 1 to 99999.`);
  return Number(text);
}

function concurrencyKey(query: URLSearchParams): "clientToken" | `tag:${string}` {
  const key = query.get("key") ?? "clientToken";
  if (key !== "clientToken" && !key.startsWith("tag:")) throw new AdminError(400, `key is "${key}". Allowed: clientToken, tag:NAME.`);
  return key as "clientToken" | `tag:${string}`;
}

function callsOf(calls: readonly CallRecord[], action: string | null): readonly CallRecord[] {
  return action === null ? calls : calls.filter((call) => call.action === action);
}
