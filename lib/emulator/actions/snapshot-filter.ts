import { ApiError, invalidParameter } from "../protocol/api-error";
import type { Snapshot } from "../values/model";
import type { Params } from "../protocol/params";
import type { Store } from "../state/store";
import { parseTime } from "../values/times";
import { usageOf } from "./snapshot-view";

type Filter = (snapshot: Snapshot) => boolean;

/** Decides which snapshots DescribeSnapshots lists. */
export function snapshotFilter(params: Params, store: Store): Filter {
  const filters: Filter[] = [...idFilter(params), ...tagFilters(params), ...keyedFilters(params)];
  const on = (name: string, allowed: readonly string[] | undefined, make: (value: string) => Filter): void => {
    const value = params.text(name);
    if (value === undefined) return;
    if (!allowed) return void filters.push(make(value));
    const lowered = value.toLowerCase();
    if (!allowed.includes(lowered)) throw invalidParameter(name, value, allowed.join(", "));
    filters.push(make(lowered));
  };
  on("Status", ["progressing", "accomplished", "failed", "all"], (status) => (one) => status === "all" || one.status === status);
  on("Usage", ["image", "disk", "image_disk", "none"], (usage) => (one) => usageOf(one, store) === usage);
  on("SnapshotName", undefined, (name) => (one) => one.name === name);
  on("ResourceGroupId", undefined, (group) => (one) => one.resourceGroupId === group);
  on("SourceDiskType", ["system", "data"], (type) => (one) => one.diskType === type);
  on("DiskId", undefined, (disk) => (one) => one.sourceDiskId === disk);
  on("Encrypted", ["true", "false"], (encrypted) => (one) => one.encrypted || encrypted !== "true");
  // The emulator has only standard snapshots. None comes from a schedule or belongs to an instance.
  on("SnapshotType", ["auto", "user", "all"], (type) => () => type !== "auto");
  on("Category", undefined, (category) => () => category.toLowerCase() === "standard");
  on("InstanceId", undefined, () => () => false);
  on("SnapshotLinkId", undefined, () => () => false);
  on("KMSKeyId", undefined, () => () => false);
  return (snapshot) => filters.every((filter) => filter(snapshot));
}

/** Filters by SnapshotIds, a JSON list. */
function idFilter(params: Params): Filter[] {
  const given = params.text("SnapshotIds");
  if (given === undefined) return [];
  const ids = readIds(given);
  if (ids.size > 100) throw invalidParameter("SnapshotIds", `${ids.size} ids`, "up to 100 ids");
  return [(snapshot) => ids.has(snapshot.id)];
}

function readIds(given: string): ReadonlySet<unknown> {
  try {
    const ids: unknown = JSON.parse(given);
    if (Array.isArray(ids)) return new Set(ids);
  } catch {
    // Reported below.
  }
  throw invalidParameter("SnapshotIds", given, 'a JSON list, such as ["s-bp1…"]');
}

function tagFilters(params: Params): Filter[] {
  const wanted = params.structs("Tag").map((tag) => ({ key: tag.text("Key"), value: tag.text("Value") }));
  if (wanted.length > 20) throw new ApiError(400, "InvalidTagCount", "The specified tags are more than 20.");
  return wanted.map(
    ({ key, value }) =>
      (snapshot) =>
        snapshot.tags.some((tag) => tag.key === key && (value === undefined || tag.value === value)),
  );
}

function keyedFilters(params: Params): Filter[] {
  return params.structs("Filter").map((filter): Filter => {
    const key = filter.text("Key");
    if (key !== "CreationStartTime" && key !== "CreationEndTime")
      throw new ApiError(404, "InvalidFilterKey.NotFound", `The specified Filter.n.Key "${key ?? ""}" is not found.`);
    const at = parseTime(filter.text("Value") ?? "");
    if (at === undefined)
      throw new ApiError(
        404,
        "InvalidFilterValue",
        "The specified Filter.n.Value is not valid. Allowed: a UTC time such as 2020-11-23T15:16Z.",
      );
    return (snapshot) => (key === "CreationStartTime" ? snapshot.createdAt >= at : snapshot.createdAt <= at);
  });
}
