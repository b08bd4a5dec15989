import { ApiError } from "../protocol/api-error";
import type { Params } from "../protocol/params";
import { type Page, page, paged } from "../protocol/rules";
import type { Action, Services } from "./action";
import { dryRun } from "./dry-run";
import { snapshotFilter } from "./snapshot-filter";
import { snapshotItem } from "./snapshot-view";

export const describeSnapshots =
  ({ behaviour, store }: Pick<Services, "behaviour" | "store">): Action =>
  ({ params, caller, region }) => {
    const byToken = params.text("NextToken") !== undefined || params.text("MaxResults") !== undefined;
    const at = byToken ? pageByToken(params) : page(params);
    const passes = snapshotFilter(params, store);
    if (params.bool("DryRun")) throw dryRun(behaviour, "DescribeSnapshots");
    const own = [...store.snapshots.in(caller.account, region.id)];
    const { items, total } = paged([{ slots: own }], passes, at, true);
    return {
      PageNumber: at.number,
      PageSize: at.size,
      TotalCount: total,
      NextToken: byToken && at.number * at.size < total ? String(at.number + 1) : "",
      Snapshots: { Snapshot: items.map((snapshot) => snapshotItem(snapshot, store)) },
    };
  };

/** The emulator's tokens are page numbers. */
function pageByToken(params: Params): Page {
  const token = params.text("NextToken") ?? "1";
  if (!/^[1-9]\d{0,8}$/.test(token)) throw new ApiError(400, "InvalidParameter.NextToken", "The specified NextToken is not valid.");
  return { number: Number(token), size: params.int("MaxResults", 10, 1, 100) };
}
