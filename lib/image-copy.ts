import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { COPY_TYPE, RESOURCE_SCHEMAS } from "./contract/resources";
import { checkCopy } from "./contract/rules";
import type { ImageTaskProps } from "./image-task-props";
import { ImageTaskProvider } from "./image-task-provider";
import type { Completion } from "./imports/imagetask/completion";
import { Copy } from "./imports/imagetask/copy";
import { checkStartProps } from "./private/check-props";
import { isMarked, mark } from "./private/mark";
import { startKeyOf } from "./private/start-key";
import { waitFor } from "./private/wait-for";

/** Arguments of a copy. */
export interface ImageCopyProps extends ImageTaskProps {
  /** The image to copy, in `sourceRegion`; such as an `ImageImport`'s `imageId`. */
  readonly imageId: string;
  /** The region of the image to copy. */
  readonly sourceRegion: string;
  /**
   * The region of the copy.
   *
   * @default - the provider's
   */
  readonly region?: string;
  /**
   * The copy's name: 2 to 128 characters, a letter or Chinese character first, then letters, digits, `.`, `:`, `_` or `-`;
   * not starting with `aliyun` or `acs:`. It can be changed in place.
   *
   * @default - ECS makes one up
   */
  readonly imageName?: string;
  /**
   * 2 to 256 characters, not starting with `http://` or `https://`. It can be changed in place.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * Encrypt the copy.
   *
   * @default false
   */
  readonly encrypted?: boolean | IResolvable;
  /**
   * The KMS key of an encrypted copy, in the copy's region.
   *
   * @default - the region's default key
   */
  readonly kmsKeyId?: string;
  /**
   * The copy's resource group.
   *
   * @default - the account's default group
   */
  readonly resourceGroupId?: string;
  /**
   * Tags of the copy, 19 at most. They can be changed in place.
   *
   * @default - the provider's `defaultTags`
   */
  readonly tags?: { [key: string]: string };
  /**
   * Keep the copy when the construct is destroyed. A copy that is still being made is cancelled all the same.
   *
   * @default false
   */
  readonly retainOnDestroy?: boolean | IResolvable;
}

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
  constructor(scope: Construct, id: string, props: ImageCopyProps) {
    super(scope, id);
    mark(this, KIND);
    checkStartProps(this, RESOURCE_SCHEMAS[COPY_TYPE].block, props, checkCopy);
    if (props.provider === undefined) ImageTaskProvider.of(this);
    this.operation = new Copy(this, "Resource", { ...props, startKey: props.startKey ?? startKeyOf(this.node.path) });
    this.completion = waitFor(this, this.operation.id, props);
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
