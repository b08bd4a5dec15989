import type { RamResource } from "../identity/ram";
import type { ActionEntry, Call, Services } from "./action";
import { assumeRole } from "./assume-role";
import { assumeRoleWithOidc } from "./assume-role-with-oidc";
import { cancelCopyImage } from "./cancel-copy-image";
import { cancelTask } from "./cancel-task";
import { copyImage } from "./copy-image";
import { deleteImage } from "./delete-image";
import { deleteSnapshot } from "./delete-snapshot";
import { describeImageFromFamily } from "./describe-image-from-family";
import { describeImageSharePermission } from "./describe-image-share-permission";
import { describeImages } from "./describe-images";
import { describeRegions } from "./describe-regions";
import { describeSnapshots } from "./describe-snapshots";
import { describeTaskAttribute } from "./describe-task-attribute";
import { describeTasks } from "./describe-tasks";
import { exportImage } from "./export-image";
import { getCallerIdentity } from "./get-caller-identity";
import { importImage } from "./import-image";
import { listTagResources } from "./list-tag-resources";
import { modifyImageAttribute } from "./modify-image-attribute";
import { modifyImageSharePermission } from "./modify-image-share-permission";
import { everything, permittedResources } from "./permitted-resources";
import { tagResources } from "./tag-resources";
import { untagResources } from "./untag-resources";

/** The actions that the emulator serves, by name. */
export function createActions(services: Services): { readonly [name: string]: ActionEntry } {
  const { anImage, namedImages, oneImage, oneSnapshot, snapshots, taggedResources } = permittedResources(services.store);
  return {
    AddTags: ecs("AddTags", taggedResources, tagResources(services), { missingRegionStatus: 404 }),
    CancelCopyImage: ecs("CancelCopyImage", oneImage, cancelCopyImage(services)),
    CancelTask: ecs("CancelTask", everything, cancelTask(services)),
    CopyImage: ecs("CopyImage", anImage, copyImage(services), { unknownRegionCode: "SourceRegion.NotFound" }),
    DeleteImage: ecs("DeleteImage", oneImage, deleteImage(services)),
    DeleteSnapshot: ecs("DeleteSnapshot", oneSnapshot, deleteSnapshot(services), { region: "none" }),
    DescribeImageFromFamily: ecs("DescribeImageFromFamily", anImage, describeImageFromFamily(services)),
    DescribeImageSharePermission: ecs("DescribeImageSharePermission", oneImage, describeImageSharePermission(services)),
    DescribeImages: ecs("DescribeImages", namedImages, describeImages(services)),
    DescribeRegions: ecs("DescribeRegions", everything, describeRegions(services), { region: "none" }),
    DescribeSnapshots: ecs("DescribeSnapshots", snapshots, describeSnapshots(services)),
    DescribeTaskAttribute: ecs("DescribeTaskAttribute", everything, describeTaskAttribute(services)),
    DescribeTasks: ecs("DescribeTasks", everything, describeTasks(services)),
    ExportImage: ecs("ExportImage", oneImage, exportImage(services)),
    ImportImage: ecs("ImportImage", anImage, importImage(services)),
    ListTagResources: ecs("ListTagResources", everything, listTagResources(services), { missingRegionStatus: 404 }),
    ModifyImageAttribute: ecs("ModifyImageAttribute", oneImage, modifyImageAttribute(services)),
    ModifyImageSharePermission: ecs("ModifyImageSharePermission", oneImage, modifyImageSharePermission(services)),
    TagResources: ecs("TagResources", taggedResources, tagResources(services), { missingRegionStatus: 404 }),
    UntagResources: ecs("UntagResources", taggedResources, untagResources(services), { missingRegionStatus: 404 }),

    AssumeRole: {
      ...STS,
      permission: { action: "sts:AssumeRole", resources: ({ params }) => [{ arn: params.text("RoleArn") ?? "*", tags: [] }] },
      run: assumeRole(services),
    },
    AssumeRoleWithOIDC: { ...STS, anonymous: true, run: assumeRoleWithOidc(services) },
    GetCallerIdentity: { ...STS, run: getCallerIdentity() },
  };
}

const STS = { version: "2015-04-01", region: "none" } as const;

type Resources = (call: Call) => readonly RamResource[];

function ecs(action: string, resources: Resources, run: ActionEntry["run"], rest: Partial<ActionEntry> = {}): ActionEntry {
  return { version: "2014-05-26", region: "required", permission: { action: `ecs:${action}`, resources }, run, ...rest };
}
