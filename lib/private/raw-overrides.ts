import type { TerraformStack } from "cdktf";
import { isRecord } from "../contract/values";

/** What `stack.addOverride` has set. cdktf has no public way to read it. */
export function rawOverridesOf(stack: TerraformStack): { readonly [name: string]: unknown } {
  const overrides: unknown = Reflect.get(stack, "rawOverrides");
  return isRecord(overrides) ? overrides : {};
}
