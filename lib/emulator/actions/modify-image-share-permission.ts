import { ApiError, missingParameter } from "../protocol/api-error";
import type { Action, Services } from "./action";
import { dryRun } from "./dry-run";
import { requireOwnImage } from "./own-image";

export const modifyImageSharePermission =
  ({ behaviour, store }: Pick<Services, "behaviour" | "store">): Action =>
  ({ params, caller, region }) => {
    const id = params.required("ImageId");
    const add = params.list("AddAccount").slice(0, MAX_ACCOUNTS_PER_CALL);
    const remove = params.list("RemoveAccount").slice(0, MAX_ACCOUNTS_PER_CALL);
    const isPublic = params.bool("IsPublic");
    const launch = params.text("LaunchPermission");
    if (add.length === 0 && remove.length === 0 && isPublic === undefined && launch === undefined) throw missingParameter("AddAccount");
    for (const account of [...add, ...remove]) checkAccount(account, caller.account);
    const image = requireOwnImage(store, caller.account, region.id, id);
    if (image.status !== "Available")
      throw new ApiError(403, "OperationDenied.InvalidImageStatus", "Only an Available image can be shared.");
    if (image.disks.some((disk) => disk.encrypted))
      throw new ApiError(403, "OperationDeined.EncryptedSnapshot", "An image with encrypted snapshots can't be shared.");
    const shared = new Set([...image.sharedWith.filter((account) => !remove.includes(account)), ...add]);
    if (shared.size > MAX_ACCOUNTS)
      throw new ApiError(403, "QuotaExceed.ShareImage", `The image would be shared with more than ${MAX_ACCOUNTS} accounts.`);
    if (params.bool("DryRun")) throw dryRun(behaviour, "ModifyImageSharePermission");
    image.sharedWith = [...shared];
    image.isPublic = isPublic ?? image.isPublic;
    store.touch(image);
    return {};
  };

/** ECS ignores accounts beyond this number. */
const MAX_ACCOUNTS_PER_CALL = 10;
const MAX_ACCOUNTS = 50;

function checkAccount(account: string, own: string): void {
  if (!/^\d{1,16}$/.test(account)) throw new ApiError(404, "InvalidAccount.NotFound", `The specified account "${account}" does not exist.`);
  if (account === own) throw new ApiError(404, "InvalidAccount.Forbbiden", "An image can't be shared with its owner.");
}
