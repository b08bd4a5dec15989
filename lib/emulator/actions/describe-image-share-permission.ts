import type { Action, Services } from "./action";
import { requireOwnImage } from "./own-image";

export const describeImageSharePermission =
  ({ store }: Pick<Services, "store">): Action =>
  ({ params, caller, region }) => {
    const image = requireOwnImage(store, caller.account, region.id, params.required("ImageId"));
    const page = params.int("PageNumber", 1, 1, 100_000);
    const size = params.int("PageSize", 10, 1, 100);
    const accounts = image.sharedWith.slice((page - 1) * size, page * size);
    return {
      RegionId: region.id,
      ImageId: image.id,
      TotalCount: image.sharedWith.length,
      PageNumber: page,
      PageSize: size,
      // The emulator's accounts have no names, so both members have the id.
      Accounts: { Account: accounts.map((account) => ({ Aliyun: account, AliyunId: account })) },
      ShareGroups: { ShareGroup: image.isPublic ? [{ Group: "all" }] : [] },
    };
  };
