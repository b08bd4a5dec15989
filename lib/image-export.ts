import { Construct } from "constructs";
import { EXPORT_TYPE, RESOURCE_SCHEMAS } from "./contract/resources";
import { checkExport } from "./contract/checks";
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

/** The props of an export. Enumerated values may be in upper or lower case. */
export interface ImageExportProps extends ImageTaskProps, ImageExportArguments {}

const KIND = "ImageExport";

/**
 * Exports a custom image to OSS and waits until the export is done. Destroying the construct, a timeout or an interrupt cancels a
 * running task in ECS. Exported objects are never deleted.
 */
export class ImageExport extends Construct {
  /** The resource that starts the export and owns the task. */
  readonly operation: Export;
  /** The resource that waits until the export has ended. */
  readonly completion: Completion;

  /** @throws ImageTaskValidationError if ECS or the provider would reject the props */
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

  /** The exported image's id. It is known once the export is done, so resources that use it wait for the export. */
  get imageId(): string {
    return this.completion.imageId;
  }

  /** The id of the task in ECS. It is known as soon as the task has started. */
  get taskId(): string {
    return this.operation.taskId;
  }

  /** Whether the value is an `ImageExport`, from any copy of this package. */
  static isImageExport(value: unknown): value is ImageExport {
    return isMarked(value, KIND);
  }
}
