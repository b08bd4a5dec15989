import { Construct } from "constructs";
import { EXPORT_TYPE, RESOURCE_SCHEMAS } from "./contract/resources";
import { checkExport } from "./contract/rules";
import type { ImageTaskProps } from "./image-task-props";
import { ImageTaskProvider } from "./image-task-provider";
import type { Completion } from "./imports/imagetask/completion";
import { Export } from "./imports/imagetask/export";
import type { ImageExportArguments } from "./imports/imagetask/props";
import { attributionOf } from "./private/attribution";
import { checkStartProps } from "./private/check-props";
import { startKeyFor } from "./private/each-instance";
import { isMarked, mark } from "./private/mark";
import { ownScope } from "./private/own-scope";
import { waitFor } from "./private/wait-for";

/** Arguments of an export. Enumerated values may be written in any case; `lib/contract/arguments/export.ts` describes each. */
export interface ImageExportProps extends ImageTaskProps, ImageExportArguments {}

const KIND = "ImageExport";

/**
 * Exports a custom image to OSS and waits for it. Destroying it, or its timeout, or an interrupt while it runs cancels the task
 * in ECS. An object that was exported is yours: destroying leaves it.
 */
export class ImageExport extends Construct {
  /** The resource that starts the export and owns the task. */
  readonly operation: Export;
  /** The resource that waits for the export's end. */
  readonly completion: Completion;

  /** @throws ImageTaskValidationError when ECS or the provider would refuse the props */
  constructor(
    scope: Construct,
    id: string,
    /** The props as they were given. */
    readonly props: ImageExportProps,
  ) {
    super(ownScope(scope), id);
    mark(this, KIND);
    checkStartProps(this, RESOURCE_SCHEMAS[EXPORT_TYPE].block, props, checkExport);
    if (props.provider === undefined) ImageTaskProvider.of(this);
    this.operation = new Export(this, "Resource", {
      ...props,
      ...attributionOf(this, props),
      startKey: startKeyFor(() => this.operation, this.node.path, props.startKey),
    });
    this.completion = waitFor(this, this.operation, props);
  }

  /** The exported image's id, known once the export is done: whatever uses it waits for the export. */
  get imageId(): string {
    return this.completion.imageId;
  }

  /** The id of ECS's task, known as soon as it is started. */
  get taskId(): string {
    return this.operation.taskId;
  }

  /** Whether the value is an `ImageExport`, from whichever copy of this package. */
  static isImageExport(value: unknown): value is ImageExport {
    return isMarked(value, KIND);
  }
}
