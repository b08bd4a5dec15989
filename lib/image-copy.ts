import { Construct } from "constructs";
import { COPY_TYPE, RESOURCE_SCHEMAS } from "./contract/resources";
import { checkCopy } from "./contract/checks";
import type { ImageTaskProps } from "./image-task-props";
import { ImageTaskProvider } from "./image-task-provider";
import type { Completion } from "./imports/imagetask/completion";
import { Copy } from "./imports/imagetask/copy";
import type { ImageCopyArguments } from "./imports/imagetask/props";
import { attributionOf } from "./private/attribution";
import { checkStartProps } from "./private/check-props";
import { startKeyFor } from "./private/each-instance";
import { isMarked, mark } from "./private/mark";
import { ownScope } from "./private/own-scope";
import { waitFor } from "./private/wait-for";

/** The props of a copy. */
export interface ImageCopyProps extends ImageTaskProps, ImageCopyArguments {}

const KIND = "ImageCopy";

/**
 * Copies an image to another region and waits until the copy is done. Destroying the construct, a timeout or an interrupt cancels a
 * running copy in ECS, which then removes the new image. Copies have no task id, because ECS copies without a task.
 */
export class ImageCopy extends Construct {
  /** The resource that starts the copy and owns the new image. */
  readonly operation: Copy;
  /** The resource that waits until the copy has ended. */
  readonly completion: Completion;

  /** @throws ImageTaskValidationError if ECS or the provider would reject the props */
  constructor(
    scope: Construct,
    id: string,
    /** The props as they were given. */
    readonly props: ImageCopyProps,
  ) {
    super(ownScope(scope), id);
    mark(this, KIND);
    checkStartProps(this, RESOURCE_SCHEMAS[COPY_TYPE].block, props, checkCopy);
    if (props.provider === undefined) ImageTaskProvider.of(this);
    this.operation = new Copy(this, "Resource", {
      ...props,
      ...attributionOf(this, props),
      startKey: startKeyFor(() => this.operation, this.node.path, props.startKey),
    });
    this.completion = waitFor(this, this.operation, props);
  }

  /** The new image's id. It is known once the image is Available, so resources that use it wait for the copy. */
  get imageId(): string {
    return this.completion.imageId;
  }

  /** Whether the value is an `ImageCopy`, from any copy of this package. */
  static isImageCopy(value: unknown): value is ImageCopy {
    return isMarked(value, KIND);
  }
}
