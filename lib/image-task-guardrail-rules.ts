/**
 * What a platform team allows. A rule that is not set asks for nothing. In patterns, `*` stands for any characters. As JSON, the same rules
 * hold in the provider, too: as its `policy`, or in the file that IMAGETASK_POLICY names.
 */
export interface ImageTaskGuardrailRules {
  /**
   * IT001: the buckets that images come from and go to, as patterns.
   *
   * @default - any
   */
  readonly buckets?: string[];
  /**
   * IT002: the regions that images are worked on in, as patterns; a copy's source counts, too.
   *
   * @default - any
   */
  readonly regions?: string[];
  /**
   * IT003: every copy is encrypted.
   *
   * @default - only where `kmsKeys` is set
   */
  readonly encryptCopies?: boolean;
  /**
   * IT003: the KMS keys that copies are encrypted with, as patterns.
   *
   * @default - any
   */
  readonly kmsKeys?: string[];
  /**
   * IT004: no `onTimeout` and no `onInterrupt` is `detach`, so that no operation runs on with nobody waiting.
   *
   * @default false
   */
  readonly forbidDetach?: boolean;
  /**
   * IT005: the tags that every image bears, each with a pattern of its value, such as `{ team: "*" }`. The provider's `defaultTags` count.
   *
   * @default - none
   */
  readonly requiredTags?: { [key: string]: string };
  /**
   * IT006: the longest `timeout` of an operation, such as `"3h"`. One that sets none has the default of 2 hours.
   *
   * @default - none
   */
  readonly maxTimeout?: string;
  /**
   * IT007: the pattern of every image's name.
   *
   * @default - any
   */
  readonly namePattern?: string;
  /**
   * IT008: whether images stay when they are destroyed: `retainOnDestroy` has to be this.
   *
   * @default - either
   */
  readonly retain?: boolean;
  /**
   * IT009: no provider is given an AccessKey, a token or another secret, not even by a variable.
   *
   * @default false
   */
  readonly forbidCredentials?: boolean;
  /**
   * IT010: the RAM roles that ECS may take for imports and exports, as patterns. Where none is set, ECS takes its default role.
   *
   * @default - any
   */
  readonly roles?: string[];
  /**
   * The ids of the rules that only warn, such as `["IT007"]`.
   *
   * @default - none: what breaks a rule stops synth
   */
  readonly warnings?: string[];
}
