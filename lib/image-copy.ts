import { Construct } from "constructs";
import { COPY_TYPE, RESOURCE_SCHEMAS } from "./contract/resources";
import { checkCopy } from "./contract/rules";
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

/** Arguments of a copy; `lib/contract/arguments/copy.ts` describes each. */
export interface ImageCopyProps extends ImageTaskProps, ImageCopyArguments {}

const KIND = "ImageCopy";

/**
 * Copies an image to another region and waits for it. Destroying it, or its timeout, or an interrupt while it runs cancels the
 * copy in ECS, which then removes the new image. ECS copies without a task, so there is no task id.
 */
export class ImageCopy extends Construct {
  /** The resource that starts the copy and owns the new image. */
  readonly operation: Copy;
  /** The resource that waits for the copy's end. */
  readonly completion: Completion;

  /** @throws ImageTaskValidationError when ECS or the provider would refuse the props */
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

  /** The new image's id, known once it is Available: whatever uses it waits for the copy. */
  get imageId(): string {
    return this.completion.imageId;
  }

  /** Whether the value is an `ImageCopy`, from whichever copy of this package. */
  static isImageCopy(value: unknown): value is ImageCopy {
    return isMarked(value, KIND);
  }
}
