import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { IMPORT_TYPE, RESOURCE_SCHEMAS } from "./contract/resources";
import { checkImport } from "./contract/rules";
import type { ImageTaskProps } from "./image-task-props";
import { ImageTaskProvider } from "./image-task-provider";
import type { Completion } from "./imports/imagetask/completion";
import { Import } from "./imports/imagetask/import";
import { checkStartProps } from "./private/check-props";
import { isMarked, mark } from "./private/mark";
import { startKeyOf } from "./private/start-key";
import { waitFor } from "./private/wait-for";

/** One disk of an imported image, from one object in OSS. */
export interface ImageImportDisk {
  /** The bucket's name. It has to be in the region of the import. */
  readonly ossBucket: string;
  /** The object's key, such as `images/disk.qcow2`. */
  readonly ossObject: string;
  /**
   * `RAW`, `VHD` or `QCOW2`, in any case.
   *
   * @default - ECS finds out from the file
   */
  readonly format?: string;
  /**
   * The disk's size in GiB, 1 to 2048 and at least the file's own.
   *
   * @default - the file's own
   */
  readonly diskImageSize?: number;
  /**
   * The device's name.
   *
   * @default - ECS chooses
   * @deprecated by ECS, without a successor.
   */
  readonly device?: string;
}

/** Features of an imported image. */
export interface ImageImportFeatures {
  /**
   * `supported` when the image has an NVMe driver, else `unsupported`.
   *
   * @default "unsupported"
   */
  readonly nvmeSupport?: string;
  /**
   * `v2` to allow instances that take the metadata service in hardened mode alone, else `v1`.
   *
   * @default "v1"
   */
  readonly imdsSupport?: string;
}

/** Arguments of an import. Enumerated values may be written in any case. */
export interface ImageImportProps extends ImageTaskProps {
  /** The disks, the system disk first: 1 to 17. */
  readonly diskDeviceMapping: ImageImportDisk[] | IResolvable;
  /**
   * The image's name: 2 to 128 characters, a letter or Chinese character first, then letters, digits, `.`, `:`, `_` or
   * `-`; not starting with `aliyun` or `acs:`. It can be changed in place.
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
   * The region, which is the bucket's too.
   *
   * @default - the provider's
   */
  readonly region?: string;
  /**
   * `x86_64`, `i386` or `arm64`.
   *
   * @default "x86_64"
   */
  readonly architecture?: string;
  /**
   * `linux` or `windows`.
   *
   * @default "linux"
   */
  readonly osType?: string;
  /**
   * The distribution, such as `Ubuntu` or `Windows Server 2022`.
   *
   * @default "Others Linux"
   */
  readonly platform?: string;
  /**
   * `BIOS` or `UEFI`; arm64 images boot by UEFI alone.
   *
   * @default "BIOS", or "UEFI" for arm64
   */
  readonly bootMode?: string;
  /**
   * `Auto`, `Aliyun` or `BYOL`; of interest to Windows images.
   *
   * @default - ECS's own default
   */
  readonly licenseType?: string;
  /**
   * The RAM role by which ECS reads the object; `ImageTaskRoles` makes it.
   *
   * @default "AliyunECSImageImportDefaultRole"
   */
  readonly roleName?: string;
  /**
   * The image's resource group.
   *
   * @default - the account's default group
   */
  readonly resourceGroupId?: string;
  /**
   * `Standard` has ECS check the image once it is imported.
   *
   * @default - no check
   */
  readonly detectionStrategy?: string;
  /**
   * The storage of a cloud box.
   *
   * @default - not a cloud box
   */
  readonly storageLocationArn?: string;
  /**
   * Features of the image.
   *
   * @default - ECS's own defaults
   */
  readonly features?: ImageImportFeatures;
  /**
   * Tags of the image, 19 at most. They can be changed in place.
   *
   * @default - the provider's `defaultTags`
   */
  readonly tags?: { [key: string]: string };
  /**
   * Keep the image when the construct is destroyed. An import that still runs is cancelled all the same.
   *
   * @default false
   */
  readonly retainOnDestroy?: boolean | IResolvable;
}

const KIND = "ImageImport";

/**
 * Imports an object in OSS as a custom image and waits for it. Destroying it, or its timeout, or an interrupt while it runs
 * cancels the task in ECS and removes the image that it would have become.
 */
export class ImageImport extends Construct {
  /** The resource that starts the import and owns the task and the image. */
  readonly operation: Import;
  /** The resource that waits for the import's end. */
  readonly completion: Completion;

  /** @throws ImageTaskValidationError when ECS or the provider would refuse the props */
  constructor(scope: Construct, id: string, props: ImageImportProps) {
    super(scope, id);
    mark(this, KIND);
    checkStartProps(this, RESOURCE_SCHEMAS[IMPORT_TYPE].block, props, checkImport);
    if (props.provider === undefined) ImageTaskProvider.of(this);
    this.operation = new Import(this, "Resource", {
      ...props,
      bootMode: props.bootMode ?? defaultBootMode(props.architecture),
      startKey: props.startKey ?? startKeyOf(this.node.path),
    });
    this.completion = waitFor(this, this.operation.id, props);
  }

  /** The image's id, known once the image is Available: whatever uses it waits for the import. */
  get imageId(): string {
    return this.completion.imageId;
  }

  /** The id of ECS's task, known as soon as it is started. */
  get taskId(): string {
    return this.operation.taskId;
  }

  /** Whether the value is an `ImageImport`, from whichever copy of this package. */
  static isImageImport(value: unknown): value is ImageImport {
    return isMarked(value, KIND);
  }
}

/** References of different years differ on what ECS takes for an arm64 image unless told; none has it boot by other than UEFI. */
function defaultBootMode(architecture: string | undefined): string | undefined {
  return architecture?.toLowerCase() === "arm64" ? "UEFI" : undefined;
}
