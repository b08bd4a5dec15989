import { TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { RequiredProvider } from "./lock-text";

type RequiredProviders = { readonly [name: string]: { readonly source?: unknown; readonly version?: unknown } };

/** What synth writes to the stack's required_providers, from its providers and from overrides of the stack. */
export function requiredProviders(stack: TerraformStack): RequiredProvider[] {
  const merged: { [name: string]: RequiredProviders[string] } = {};
  for (const provider of providersOf(stack)) Object.assign(merged, requiredBy(provider.toTerraform()));
  for (const [name, override] of Object.entries(overridden(stack))) merged[name] = { ...merged[name], ...override };
  return Object.entries(merged).map(([name, { source, version }]) => ({
    source: wholeAddress(typeof source === "string" ? source : name),
    ...(typeof version === "string" ? { version } : {}),
  }));
}

/** The providers of this stack, without those of stacks within it. */
export function providersOf(stack: TerraformStack): TerraformProvider[] {
  return stack.node
    .findAll()
    .filter(
      (node): node is TerraformProvider & IConstruct => TerraformProvider.isTerraformProvider(node) && TerraformStack.of(node) === stack,
    );
}

function requiredBy(rendered: { terraform?: { required_providers?: RequiredProviders } }): RequiredProviders {
  return rendered.terraform?.required_providers ?? {};
}

/** cdktf keeps `stack.addOverride("terraform.required_providers.…", …)` to itself; there is no other way to see it. */
function overridden(stack: TerraformStack): RequiredProviders {
  const { rawOverrides } = stack as unknown as { rawOverrides?: { terraform?: { required_providers?: RequiredProviders } } };
  return requiredBy(rawOverrides ?? {});
}

/** `aliyun/alicloud` means registry.terraform.io/aliyun/alicloud, to cdktf with any Terraform binary. */
function wholeAddress(source: string): string {
  const parts = source.toLowerCase().split("/");
  if (parts.length === 1) return `registry.terraform.io/hashicorp/${parts[0]}`;
  return parts.length === 2 ? `registry.terraform.io/${parts.join("/")}` : parts.join("/");
}
