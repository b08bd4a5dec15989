import type { ActionEntry, Call, Services } from "./actions/action";
import { cancelTask } from "./actions/cancel-task";
import { deleteImage } from "./actions/delete-image";
import { describeImages } from "./actions/describe-images";
import { describeTaskAttribute } from "./actions/describe-task-attribute";
import { describeTasks } from "./actions/describe-tasks";
import { importImage } from "./actions/import-image";

/** Every action that the emulator knows. */
export function createActions(services: Services): { readonly [name: string]: ActionEntry } {
  return {
    CancelTask: ecs("CancelTask", everything, cancelTask(services)),
    DeleteImage: ecs("DeleteImage", oneImage, deleteImage(services)),
    DescribeImages: ecs("DescribeImages", anyImage, describeImages(services)),
    DescribeTaskAttribute: ecs("DescribeTaskAttribute", everything, describeTaskAttribute(services)),
    DescribeTasks: ecs("DescribeTasks", everything, describeTasks(services)),
    ImportImage: ecs("ImportImage", newImage, importImage(services)),
  };
}

type Resources = (call: Call) => readonly string[];

function ecs(action: string, resources: Resources, run: ActionEntry["run"], rest: Partial<ActionEntry> = {}): ActionEntry {
  return { version: "2014-05-26", region: "required", permission: { action: `ecs:${action}`, resources }, run, ...rest };
}

const everything: Resources = () => ["*"];

const arn = ({ region, caller }: Call, id: string): string => `acs:ecs:${region.id}:${caller.account}:image/${id}`;

const newImage: Resources = (call) => [arn(call, "*")];

const oneImage: Resources = (call) => [arn(call, call.params.text("ImageId") ?? "*")];

const anyImage: Resources = (call) => (call.params.text("ImageId") ?? "*").split(",").map((id) => arn(call, id.trim()));
