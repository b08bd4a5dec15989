import { Construct } from "constructs";
import { IMPORT_TYPE, RESOURCE_SCHEMAS } from "./contract/resources";
import { checkImport } from "./contract/rules";
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

/** Arguments of an import. Enumerated values may be written in any case; `lib/contract/arguments/import.ts` describes each. */
export interface ImageImportProps extends ImageTaskProps, ImageImportArguments {}

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
