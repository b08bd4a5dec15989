import type { ITerraformDependable, ITerraformIterator, TerraformCount, TerraformProvider } from "cdktf";

/** What becomes of an operation: `cancel` it in ECS, or `detach`, which lets it run on and only stops waiting. */
export type ImageTaskEnding = "cancel" | "detach";

/** Time limits of the resource that starts an operation. */
export interface ImageTaskTimeouts {
  /**
   * How long to try to start the operation, such as `"10m"`.
   *
   * @default "10m"
   */
  readonly create?: string;

  /**
   * How long a destroy may take: the cancel, the operation's end and the removal of the image.
   *
   * @default "1h"
   */
  readonly delete?: string;
}

/** How an operation is waited for and cancelled; an `ImageTaskPipeline` takes these once for all of its steps. */
export interface ImageTaskDefaults {
  /**
   * How long the operation may take, counted from its start: a number with a unit, such as `"90s"`, `"20m"`, `"1h30m"`.
   *
   * @default "2h"
   */
  readonly timeout?: string;

  /**
   * What becomes of the operation when `timeout` has passed. The deployment fails either way.
   *
   * @default "cancel"
   */
  readonly onTimeout?: ImageTaskEnding;

  /**
   * What becomes of the operation on Ctrl-C, or when Terraform is killed.
   *
   * @default "cancel"
   */
  readonly onInterrupt?: ImageTaskEnding;

  /**
   * Time limits of starting the operation and of destroying it.
   *
   * @default - 10 minutes to start, 1 hour to destroy
   */
  readonly timeouts?: ImageTaskTimeouts;

  /**
   * The provider to use, for another region's or another account's.
   *
   * @default - the stack's `ImageTaskProvider`, made on first use
   */
  readonly provider?: TerraformProvider;
}

/** What imports, exports and copies have in common. */
export interface ImageTaskProps extends ImageTaskDefaults {
  /**
   * Names this start among all of the account's, so that a deployment that follows a crash finds the operation that is
   * running already. 1 to 128 printable ASCII characters. Set it where two apps of one account hold the same
   * constructs under the same path and region.
   *
   * @default - the construct's path, shortened with a hash when it is longer than that
   */
  readonly startKey?: string;

  /**
   * What has to be there before the operation starts, beside what the props refer to.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];

  /**
   * Makes one operation, with its wait, for each element of a list or map that only Terraform knows, such as
   * `TerraformIterator.fromList(variable.listValue)`. Each has a start key of its own. For the images' ids, iterate over the
   * construct's `completion`: `TerraformIterator.fromResources(image.completion).pluckProperty("image_id")`.
   *
   * @default - one operation
   */
  readonly forEach?: ITerraformIterator;

  /**
   * Makes so many operations, each with its wait and a start key of its own.
   *
   * @default - one operation
   */
  readonly count?: number | TerraformCount;
}
