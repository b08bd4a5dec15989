import type { ListedOperation } from "../../operations";
import { durationText } from "../../contract/duration-text";
import { table } from "./table";

const HEAD = ["KIND", "TASK", "IMAGE", "NAME", "REGION", "STATUS", "DONE", "AGE", "TIME LEFT", "STACK", "RUN"];
const [TASK, IMAGE] = [1, 2];

/** The columns that a narrow terminal leaves out, in this order. */
const DISPENSABLE = ["RUN", "IMAGE", "AGE", "REGION", "NAME", "DONE"];

/** Operations as a table for a person. Overdue ones show for how long they have been overdue. */
export function listedTable(operations: readonly ListedOperation[], now: number, columns?: number): string[] {
  const wide = tableOf(operations, now, columns, HEAD);
  // A copy has no task, so without the column IMAGE nothing would name it.
  return wide[0].includes(` ${HEAD[IMAGE]} `)
    ? wide
    : tableOf(
        operations,
        now,
        columns,
        HEAD.map((name) => (name === HEAD[TASK] ? "ID" : name)),
      );
}

function tableOf(operations: readonly ListedOperation[], now: number, columns: number | undefined, head: readonly string[]): string[] {
  const rows = operations.map(({ operation, name, status, progress, startedAt, stack, run, ...listed }) => [
    operation.kind,
    operation.taskId ?? (head[TASK] === HEAD[TASK] ? null : operation.imageId),
    operation.imageId,
    name,
    operation.region,
    status,
    progress === null ? null : `${Math.floor(progress)}%`,
    startedAt === null ? null : durationText(Math.max(0, now - startedAt), startKnownTo(startedAt)),
    timeLeft(listed, now),
    stack,
    run,
  ]);
  return table(head, rows, { columns, dispensable: DISPENSABLE });
}

/** How exactly the start of an operation is known: of most, ECS tells only the minute. */
export const startKnownTo = (startedAt: number | null): "second" | "minute" =>
  startedAt === null || startedAt % 60_000 !== 0 ? "second" : "minute";

/** An operation in `list --output json`; `docs/list.schema.json` describes the format. */
export function listedJson({ operation, name, status, progress, startedAt, expiresAt, stack, run, startKey }: ListedOperation): object {
  return {
    kind: operation.kind,
    taskId: operation.taskId,
    imageId: operation.imageId,
    name,
    region: operation.region,
    status,
    progress,
    startedAt: timeText(startedAt),
    expiresAt: timeText(expiresAt),
    stack,
    run,
    startKey,
  };
}

function timeLeft({ state, expiresAt }: Pick<ListedOperation, "state" | "expiresAt">, now: number): string | null {
  if (state !== "running" || expiresAt === null) return null;
  return expiresAt < now ? `overdue ${durationText(now - expiresAt)}` : durationText(expiresAt - now);
}

const timeText = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString().replace(/\.\d+Z$/, "Z"));
