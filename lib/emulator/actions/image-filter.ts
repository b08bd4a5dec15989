import type { Behaviour } from "../switches/behaviour";
import { ApiError } from "../protocol/api-error";
import type { Image, ImageStatus } from "../values/model";
import type { Params } from "../protocol/params";
import { parseTime } from "../values/times";

/**
 * Decides which of the visible images DescribeImages lists.
 *
 * @param tagged whether all candidates have the first tag, so that the filter can omit it
 * @param statusAll what `Status=ALL` matches
 */
export function imageFilter(params: Params, tagged: boolean, statusAll: StatusAll): (image: Image, account: string) => boolean {
  const general = [...statusFilter(params, statusAll), ownerFilter(params)];
  // The most selective filters come first, because every list call runs them over all images.
  const filters = [...plainFilters(params), ...tagFilter(params).slice(tagged ? 1 : 0), ...keyedFilters(params), ...general];
  return (image, account) => {
    for (const filter of filters) if (!filter(image, account)) return false;
    return true;
  };
}

/**
 * The statuses that the call asks for, if it filters by nothing else; otherwise undefined. The counts per status then give the
 * number of images without visiting them.
 *
 * @param tagged whether all candidates have the first tag, so that it filters out none
 */
export function soleStatuses(params: Params, tagged: boolean, statusAll: StatusAll): readonly ImageStatus[] | undefined {
  const asked = Object.keys(params.raw).filter((name) => !UNFILTERING.test(name) && !(tagged && /^Tag\.1\./i.test(name)));
  return asked.length === 0 ? STATUSES.filter((status) => statusesOf(params, statusAll)?.has(status) ?? true) : undefined;
}

/** The parameters that do not filter, and Status itself. */
const UNFILTERING = /^(RegionId|Status|PageNumber|PageSize|DryRun|(Resource)?Owner(Id|Account))$/i;

type StatusAll = Behaviour["image"]["statusAll"];
type Filter = (image: Image, account: string) => boolean;

const STATUSES: readonly ImageStatus[] = ["Creating", "Waiting", "Available", "UnAvailable", "CreateFailed", "Deprecated"];
const ALIASES: readonly string[] = ["system", "self", "others", "marketplace"];

/** The requested statuses; undefined means all. */
function statusesOf(params: Params, statusAll: StatusAll): ReadonlySet<string> | undefined {
  const given = params.text("Status") ?? "Available";
  if (given === "ALL" && statusAll === "everything") return undefined;
  return given === "ALL" && statusAll === "nothing" ? NO_STATUS : new Set(given.split(",").map((status) => status.trim()));
}

const NO_STATUS: ReadonlySet<string> = new Set();

function statusFilter(params: Params, statusAll: StatusAll): Filter[] {
  const statuses = statusesOf(params, statusAll);
  if (!statuses) return [];
  for (const status of statuses) {
    if (!(STATUSES as readonly string[]).includes(status))
      throw new ApiError(400, "InvalidParamter", `The specified Status "${status}" is not valid. Allowed: ${STATUSES.join(", ")}.`);
  }
  return [(image) => statuses.has(image.status)];
}

function ownerFilter(params: Params): Filter {
  const alias = params.text("ImageOwnerAlias");
  const owner = params.text("ImageOwnerId");
  if (alias !== undefined && !ALIASES.includes(alias)) {
    throw new ApiError(
      400,
      "InvalidImageOwnerAlias.ValueNotSupported",
      "The specified value of parameter ImageOwnerAlias is not supported.",
    );
  }
  if (params.bool("IsPublic") && alias !== "others")
    throw new ApiError(400, "InvalidParamter", "IsPublic requires ImageOwnerAlias to be others.");
  const onlyPublic = params.bool("IsPublic") === true;
  const byId = params.text("ImageId") !== undefined;
  return (image, account) => {
    if (alias === undefined && owner === undefined && image.account === account) return image.ownerAlias !== "marketplace";
    const as = aliasFor(image, account);
    if (owner !== undefined && image.account !== owner) return false;
    if (alias === undefined) {
      // Another account's public image appears only if the call asks for its id or owner.
      const asked = byId || owner !== undefined;
      return as !== "marketplace" && (as !== "others" || asked || image.sharedWith.includes(account));
    }
    if (as !== alias) return false;
    return as !== "others" || byId || (onlyPublic ? image.isPublic : image.sharedWith.includes(account));
  };
}

/** The image's owner alias as this account sees it. */
export function aliasFor(image: Image, account: string): string {
  if (image.ownerAlias === "system" || image.ownerAlias === "marketplace") return image.ownerAlias;
  return image.account === account ? "self" : "others";
}

function tagFilter(params: Params): Filter[] {
  const wanted = params.structs("Tag").map((tag) => ({ key: tag.text("Key"), value: tag.text("Value") }));
  if (wanted.length > 20) throw new ApiError(400, "InvalidTagCount", "The specified tags are more than 20.");
  if (wanted.some((tag) => tag.key === undefined))
    throw new ApiError(400, "InvalidTag.Mismatch", "The specified Tag.n.Key and Tag.n.Value do not match.");
  return wanted.map(
    ({ key, value }) =>
      (image) =>
        image.tags.some((tag) => tag.key === key && (value === undefined || tag.value === value)),
  );
}

function plainFilters(params: Params): Filter[] {
  const filters: Filter[] = [];
  const on = (name: string, make: (value: string) => Filter): void => {
    const value = params.text(name);
    if (value !== undefined) filters.push(make(value));
  };
  on("ImageName", (name) => {
    const wanted = name.replaceAll("*", "");
    return (image) => image.name.includes(wanted);
  });
  on("ImageFamily", (family) => (image) => image.family === family);
  on("ResourceGroupId", (group) => (image) => image.resourceGroupId === group);
  on("SnapshotId", (snapshot) => (image) => image.disks.some((disk) => disk.snapshotId === snapshot));
  on("OSType", (os) => {
    allow(os, ["windows", "linux"], "InvalidOSType");
    return (image) => image.osType === os;
  });
  on("Architecture", (architecture) => {
    allow(architecture, ["i386", "x86_64", "arm64"], "InvalidArchitecture");
    return (image) => image.architecture === architecture;
  });
  on("Usage", (usage) => {
    allow(usage, ["instance", "none"], "InvalidUsage");
    return (image) => (image.usedByInstances.length > 0 ? "instance" : "none") === usage;
  });
  for (const feature of ["IsSupportCloudinit", "IsSupportIoOptimized"]) {
    // Every emulated image supports both.
    if (params.bool(feature) === false) filters.push(() => false);
  }
  const usable = params.bool("Usable");
  if (usable !== undefined) filters.push((image) => image.usable === usable);
  return filters;
}

function keyedFilters(params: Params): Filter[] {
  const given = params.structs("Filter");
  if (given.length > 10) throw new ApiError(400, "InvalidParamter", "The specified filters are more than 10.");
  return given.map((filter): Filter => {
    const key = filter.text("Key");
    const value = filter.text("Value") ?? "";
    switch (key) {
      case "CreationStartTime":
      case "CreationEndTime": {
        const at = parseTime(value);
        if (at === undefined)
          throw new ApiError(
            404,
            "InvalidFilterValue",
            `The specified Filter.n.Value "${value}" is not valid. Allowed: a UTC time such as 2020-11-23T15:16Z.`,
          );
        return (image) => (key === "CreationStartTime" ? image.createdAt >= at : image.createdAt <= at);
      }
      case "NetworkType":
        if (value !== "vpc" && value !== "classic")
          throw new ApiError(400, "InvalidFilterValue.NetworkType", "The specified Filter.n.Value is not valid. Allowed: vpc, classic.");
        return () => true;
      default:
        if (/^(CpuOnline|MemoryOnline)/.test(key ?? "")) return () => true;
        throw new ApiError(404, "InvalidFilterKey.NotFound", `The specified Filter.n.Key "${key ?? ""}" is not found.`);
    }
  });
}

function allow(value: string, allowed: readonly string[], code: string): void {
  if (!allowed.includes(value))
    throw new ApiError(404, code, `The specified value "${value}" is not valid. Allowed: ${allowed.join(", ")}.`);
}
