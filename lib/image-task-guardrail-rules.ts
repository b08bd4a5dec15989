/**
 * What a platform team allows. A rule that is not set allows everything. In patterns, `*` matches any text. The provider takes the same
 * rules as JSON: as its `policy`, or in the file that IMAGETASK_POLICY names.
 */
export interface ImageTaskGuardrailRules {
  /**
   * IT001: patterns for the buckets of imports and exports.
   *
   * @default - any
   */
  readonly buckets?: string[];
  /**
   * IT002: patterns for the regions of imports, exports and copies, including a copy's source region.
   *
   * @default - any
   */
  readonly regions?: string[];
  /**
   * IT003: whether every copy must be encrypted.
   *
   * @default - true if `kmsKeys` is set, otherwise false
   */
  readonly encryptCopies?: boolean;
  /**
   * IT003: patterns for the KMS keys of copies.
   *
   * @default - any
   */
  readonly kmsKeys?: string[];
  /**
   * IT004: whether to forbid `detach` for `onTimeout` and `onInterrupt`, so that no operation runs on unattended.
   *
   * @default false
   */
  readonly forbidDetach?: boolean;
  /**
   * IT005: the tags that every image must have, with patterns for their values, such as `{ team: "*" }`. Tags in the provider's `defaultTags` count, too.
   *
   * @default - none
   */
  readonly requiredTags?: { [key: string]: string };
  /**
   * IT006: the longest `timeout` that is allowed, such as `"3h"`. If an operation sets none, the default of 2 hours applies.
   *
   * @default - none
   */
  readonly maxTimeout?: string;
  /**
   * IT007: a pattern for the names of images.
   *
   * @default - any
   */
  readonly namePattern?: string;
  /**
   * IT008: the value that `retainOnDestroy` must have.
   *
   * @default - either
   */
  readonly retain?: boolean;
  /**
   * IT009: whether to forbid AccessKeys, tokens and other secrets in the provider's configuration, even from a variable.
   *
   * @default false
   */
  readonly forbidCredentials?: boolean;
  /**
   * IT010: patterns for the RAM roles of imports and exports. If an operation sets none, ECS's default role applies.
   *
   * @default - any
   */
  readonly roles?: string[];
  /**
   * The ids of the rules that cause warnings only, such as `["IT007"]`.
   *
   * @default - none; a violated rule stops synth
   */
  readonly warnings?: string[];
}
