import { TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isRecord } from "../contract/values";
import type { RequiredProvider } from "./lock-text";
import { rawOverridesOf } from "./raw-overrides";

type RequiredProviders = { readonly [name: string]: { readonly source?: unknown; readonly version?: unknown } };

/** The required_providers that synth writes for the stack, from its providers and its overrides. */
export function requiredProviders(stack: TerraformStack): RequiredProvider[] {
  const merged: { [name: string]: RequiredProviders[string] } = {};
  for (const provider of providersOf(stack)) Object.assign(merged, requiredBy(provider.toTerraform()));
  for (const [name, override] of Object.entries(requiredBy(rawOverridesOf(stack)))) merged[name] = { ...merged[name], ...override };
  return Object.entries(merged).map(([name, { source, version }]) => ({
    source: wholeAddress(typeof source === "string" ? source : name),
    ...(typeof version === "string" ? { version } : {}),
  }));
}

/** The providers of this stack, without those of nested stacks. */
export function providersOf(stack: TerraformStack): TerraformProvider[] {
  return stack.node
    .findAll()
    .filter(
      (node): node is TerraformProvider & IConstruct => TerraformProvider.isTerraformProvider(node) && TerraformStack.of(node) === stack,
    );
}

function requiredBy(json: { readonly [name: string]: unknown }): RequiredProviders {
  const { terraform } = json;
  const required = isRecord(terraform) ? terraform["required_providers"] : undefined;
  return isRecord(required)
    ? Object.fromEntries(Object.entries(required).filter((entry): entry is [string, RequiredProviders[string]] => isRecord(entry[1])))
    : {};
}

/** For cdktf, `aliyun/alicloud` means registry.terraform.io/aliyun/alicloud, whatever the Terraform binary. */
function wholeAddress(source: string): string {
  const parts = source.toLowerCase().split("/");
  if (parts.length === 1) return `registry.terraform.io/hashicorp/${parts[0]}`;
  return parts.length === 2 ? `registry.terraform.io/${parts.join("/")}` : parts.join("/");
}
