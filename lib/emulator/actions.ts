import type { ActionEntry, Call, Services } from "./actions/action";
import { assumeRole } from "./actions/assume-role";
import { assumeRoleWithOidc } from "./actions/assume-role-with-oidc";
import { cancelCopyImage } from "./actions/cancel-copy-image";
import { cancelTask } from "./actions/cancel-task";
import { copyImage } from "./actions/copy-image";
import { deleteImage } from "./actions/delete-image";
import { describeImages } from "./actions/describe-images";
import { describeRegions } from "./actions/describe-regions";
import { describeTaskAttribute } from "./actions/describe-task-attribute";
import { describeTasks } from "./actions/describe-tasks";
import { exportImage } from "./actions/export-image";
import { getCallerIdentity } from "./actions/get-caller-identity";
import { importImage } from "./actions/import-image";
import { listTagResources } from "./actions/list-tag-resources";
import { modifyImageAttribute } from "./actions/modify-image-attribute";
import { modifyImageSharePermission } from "./actions/modify-image-share-permission";
import { tagResources } from "./actions/tag-resources";
import { untagResources } from "./actions/untag-resources";

/** Every action that the emulator knows. */
export function createActions(services: Services): { readonly [name: string]: ActionEntry } {
  return {
    CancelCopyImage: ecs("CancelCopyImage", oneImage, cancelCopyImage(services)),
    CancelTask: ecs("CancelTask", everything, cancelTask(services)),
    CopyImage: ecs("CopyImage", anImage, copyImage(services), { unknownRegionCode: "SourceRegion.NotFound" }),
    DeleteImage: ecs("DeleteImage", oneImage, deleteImage(services)),
    DescribeImages: ecs("DescribeImages", namedImages, describeImages(services)),
    DescribeRegions: ecs("DescribeRegions", everything, describeRegions(services), { region: "none" }),
    DescribeTaskAttribute: ecs("DescribeTaskAttribute", everything, describeTaskAttribute(services)),
    DescribeTasks: ecs("DescribeTasks", everything, describeTasks(services)),
    ExportImage: ecs("ExportImage", oneImage, exportImage(services)),
    ImportImage: ecs("ImportImage", anImage, importImage(services)),
    ListTagResources: ecs("ListTagResources", taggedImages, listTagResources(services), { missingRegionStatus: 404 }),
    ModifyImageAttribute: ecs("ModifyImageAttribute", oneImage, modifyImageAttribute(services)),
    ModifyImageSharePermission: ecs("ModifyImageSharePermission", oneImage, modifyImageSharePermission(services)),
    TagResources: ecs("TagResources", taggedImages, tagResources(services), { missingRegionStatus: 404 }),
    UntagResources: ecs("UntagResources", taggedImages, untagResources(services), { missingRegionStatus: 404 }),

    AssumeRole: {
      ...STS,
      permission: { action: "sts:AssumeRole", resources: ({ params }) => [params.text("RoleArn") ?? "*"] },
      run: assumeRole(services),
    },
    AssumeRoleWithOIDC: { ...STS, anonymous: true, run: assumeRoleWithOidc(services) },
    GetCallerIdentity: { ...STS, run: getCallerIdentity() },
  };
}

const STS = { version: "2015-04-01", region: "none" } as const;

type Resources = (call: Call) => readonly string[];

function ecs(action: string, resources: Resources, run: ActionEntry["run"], rest: Partial<ActionEntry> = {}): ActionEntry {
  return { version: "2014-05-26", region: "required", permission: { action: `ecs:${action}`, resources }, run, ...rest };
}

const arn = ({ region, caller }: Call, id: string): string => `acs:ecs:${region.id}:${caller.account}:image/${id}`;

/** The action knows no resources: only a right to all of them counts. */
const everything: Resources = () => ["*"];

const anImage: Resources = (call) => [arn(call, "*")];

const oneImage: Resources = (call) => [arn(call, call.params.text("ImageId") ?? "*")];

const namedImages: Resources = (call) => (call.params.text("ImageId") ?? "*").split(",").map((id) => arn(call, id.trim()));

const taggedImages: Resources = (call) => {
  const ids = call.params.list("ResourceId");
  return ids.length === 0 ? [arn(call, "*")] : ids.map((id) => arn(call, id));
};
