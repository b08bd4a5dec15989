import { TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { RequiredProvider } from "./lock-text";

type RequiredProviders = { readonly [name: string]: { readonly source?: unknown; readonly version?: unknown } };

/** The required_providers that synth writes for the stack, from its providers and its overrides. */
export function requiredProviders(stack: TerraformStack): RequiredProvider[] {
  const merged: { [name: string]: RequiredProviders[string] } = {};
  for (const provider of providersOf(stack)) Object.assign(merged, requiredBy(provider.toTerraform()));
  for (const [name, override] of Object.entries(overridden(stack))) merged[name] = { ...merged[name], ...override };
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

function requiredBy(rendered: { terraform?: { required_providers?: RequiredProviders } }): RequiredProviders {
  return rendered.terraform?.required_providers ?? {};
}

/** There is no public way to read what `stack.addOverride("terraform.required_providers.…", …)` has set. */
function overridden(stack: TerraformStack): RequiredProviders {
  const { rawOverrides } = stack as unknown as { rawOverrides?: { terraform?: { required_providers?: RequiredProviders } } };
  return requiredBy(rawOverrides ?? {});
}

/** For cdktf, `aliyun/alicloud` means registry.terraform.io/aliyun/alicloud, whatever the Terraform binary. */
function wholeAddress(source: string): string {
  const parts = source.toLowerCase().split("/");
  if (parts.length === 1) return `registry.terraform.io/hashicorp/${parts[0]}`;
  return parts.length === 2 ? `registry.terraform.io/${parts.join("/")}` : parts.join("/");
}
