import type { Issue } from "../contract/values";

const VALIDATION_ERROR = Symbol.for("cdktf-alicloud-image-tasks.ImageTaskValidationError");

/** Thrown at synth by a construct whose props ECS or the provider would reject. Lists all errors at once. */
export class ImageTaskValidationError extends Error {
  override readonly name = "ImageTaskValidationError";
  readonly code = "InvalidProps";

  constructor(
    /** The path of the construct. */
    readonly constructPath: string,
    /** What is wrong. Paths and texts use the props' names, in camelCase. */
    readonly issues: readonly Issue[],
  ) {
    super(`[${constructPath}] ${issues.map((issue) => `${issue.summary}: ${issue.detail}`).join("\n  ")}`);
    Object.defineProperty(this, VALIDATION_ERROR, { value: true });
  }

  /** Recognises the error from any copy of this package. */
  static isImageTaskValidationError(error: unknown): error is ImageTaskValidationError {
    return typeof error === "object" && error !== null && VALIDATION_ERROR in error;
  }
}

/** Thrown when the provider is missing from the package. */
export class ProviderPackageError extends Error {
  override readonly name = "ProviderPackageError";
  readonly code = "ProviderPackageMissing";
}

/** Thrown at synth when the provider cannot be written beside the stack. */
export class ProviderPlacementError extends Error {
  override readonly name = "ProviderPlacementError";
  readonly code = "ProviderNotPlaced";
}
