import type { ITerraformDependable, ITerraformIterator, TerraformCount, TerraformProvider } from "cdktf";

/** What happens to an operation: `cancel` cancels it in ECS; `detach` stops waiting and lets it run on. */
export type ImageTaskEnding = "cancel" | "detach";

/** Time limits of the resource that starts an operation. */
export interface ImageTaskTimeouts {
  /**
   * How long starting the operation may take, such as `"10m"`.
   *
   * @default "10m"
   */
  readonly create?: string;

  /**
   * How long a destroy may take: cancelling the operation, waiting for its end and deleting the image.
   *
   * @default "1h"
   */
  readonly delete?: string;
}

/** How to wait for an operation and when to cancel it. An `ImageTaskPipeline` takes these props once for all of its steps. */
export interface ImageTaskDefaults {
  /**
   * How long the operation may take, counted from its start: a number with a unit, such as `"90s"`, `"20m"`, `"1h30m"`.
   *
   * @default "2h"
   */
  readonly timeout?: string;

  /**
   * What happens to the operation when `timeout` has passed. The deployment fails either way.
   *
   * @default "cancel"
   */
  readonly onTimeout?: ImageTaskEnding;

  /**
   * What happens to the operation on Ctrl-C, or when Terraform is killed.
   *
   * @default "cancel"
   */
  readonly onInterrupt?: ImageTaskEnding;

  /**
   * Whether the output of an apply shows the operation's progress while it runs. This needs Terraform 1.14 or later: older versions
   * and OpenTofu reject the stack. An apply that takes over an operation from an earlier run shows no progress.
   *
   * @default false
   */
  readonly showProgress?: boolean;

  /**
   * Time limits for starting the operation and for destroying it.
   *
   * @default - 10 minutes to start, 1 hour to destroy
   */
  readonly timeouts?: ImageTaskTimeouts;

  /**
   * The provider to use, if it is not the stack's default: for another region or another account.
   *
   * @default - the stack's default `ImageTaskProvider`, which is created on first use
   */
  readonly provider?: TerraformProvider;
}

/** The props that imports, exports and copies have in common. */
export interface ImageTaskProps extends ImageTaskDefaults {
  /**
   * A name for this start that is unique in the account, so that the next deployment after a crash finds the running
   * operation. 1 to 128 printable ASCII characters. Set it if two apps of the same account have constructs with the same
   * path and region.
   *
   * @default - the construct's path; if that is too long, shortened and made unique with a hash
   */
  readonly startKey?: string;

  /**
   * Other resources that must exist before the operation starts.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];

  /**
   * Runs one operation for each element of a list or map that only Terraform knows, such as
   * `TerraformIterator.fromList(variable.listValue)`. Each has its own start key. To get the images' ids, iterate over the
   * construct's `completion`: `TerraformIterator.fromResources(image.completion).pluckProperty("image_id")`.
   *
   * @default - one operation
   */
  readonly forEach?: ITerraformIterator;

  /**
   * Runs this number of operations, each with its own start key.
   *
   * @default - one operation
   */
  readonly count?: number | TerraformCount;
}
