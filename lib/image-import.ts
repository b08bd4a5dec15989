import { Construct } from "constructs";
import { IMPORT_TYPE, RESOURCE_SCHEMAS } from "./contract/resources";
import { checkImport } from "./contract/checks";
import type { ImageTaskProps } from "./image-task-props";
import { ImageTaskProvider } from "./image-task-provider";
import type { Completion } from "./imports/imagetask/completion";
import { Import } from "./imports/imagetask/import";
import type { ImageImportArguments } from "./imports/imagetask/props";
import { attributionOf } from "./private/attribution";
import { checkStartProps } from "./private/check-props";
import { startKeyFor } from "./private/each-instance";
import { isMarked, mark } from "./private/mark";
import { ownScope } from "./private/own-scope";
import { waitFor } from "./private/wait-for";

/** The props of an import. Enumerated values may be in upper or lower case. */
export interface ImageImportProps extends ImageTaskProps, ImageImportArguments {}

const KIND = "ImageImport";

/**
 * Imports an OSS object as a custom image and waits until the import is done. Destroying the construct, a timeout or an interrupt
 * cancels a running task in ECS and removes its unfinished image.
 */
export class ImageImport extends Construct {
  /** The resource that starts the import and owns the task and the image. */
  readonly operation: Import;
  /** The resource that waits until the import has ended. */
  readonly completion: Completion;

  /** @throws ImageTaskValidationError if ECS or the provider would reject the props */
  constructor(
    scope: Construct,
    id: string,
    /** The props as they were given. */
    readonly props: ImageImportProps,
  ) {
    super(ownScope(scope), id);
    mark(this, KIND);
    checkStartProps(this, RESOURCE_SCHEMAS[IMPORT_TYPE].block, props, checkImport);
    if (props.provider === undefined) ImageTaskProvider.of(this);
    this.operation = new Import(this, "Resource", {
      ...props,
      ...attributionOf(this, props),
      bootMode: props.bootMode ?? defaultBootMode(props.architecture),
      startKey: startKeyFor(() => this.operation, this.node.path, props.startKey),
    });
    this.completion = waitFor(this, this.operation, props);
  }

  /** The image's id. It is known once the image is Available, so resources that use it wait for the import. */
  get imageId(): string {
    return this.completion.imageId;
  }

  /** The id of the task in ECS. It is known as soon as the task has started. */
  get taskId(): string {
    return this.operation.taskId;
  }

  /** Whether the value is an `ImageImport`, from any copy of this package. */
  static isImageImport(value: unknown): value is ImageImport {
    return isMarked(value, KIND);
  }
}

/** ECS's references disagree on the default for an arm64 image, but all say that it boots only with UEFI. */
function defaultBootMode(architecture: string | undefined): string | undefined {
  return architecture?.toLowerCase() === "arm64" ? "UEFI" : undefined;
}
