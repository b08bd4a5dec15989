import { copyFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Terraform } from "./terraform";

/**
 * Installs a stand-in for the alicloud provider. Terraform asks the provider that a resource is moved from only for its schemas, so any
 * provider will do.
 *
 * @param plugin the executable of the test provider
 */
export function installStandIn(tf: Terraform, plugin: string): void {
  const directory = tf.pluginDirectory("aliyun", "alicloud", "1.250.0");
  writeFileSync(join(directory, "package.json"), '{"type":"commonjs"}\n');
  copyFileSync(plugin, join(directory, "terraform-provider-alicloud_v1.250.0"));
  copyFileSync(join(dirname(plugin), "main.js"), join(directory, "main.js"));
}

/** A state with resources of the alicloud provider. */
export function writeAlicloudState(tf: Terraform, resources: readonly (readonly [type: string, name: string, attributes: object])[]): void {
  const provider = 'provider["registry.terraform.io/aliyun/alicloud"]';
  writeFileSync(
    join(tf.folder, "terraform.tfstate"),
    JSON.stringify({
      version: 4,
      terraform_version: "1.11.4",
      serial: 1,
      lineage: "5f0d7f5e-6f0b-4c3e-8f43-0d6b3a1c2e4f",
      outputs: {},
      resources: resources.map(([type, name, attributes]) => ({
        mode: "managed",
        type,
        name,
        provider,
        instances: [{ schema_version: 0, attributes, sensitive_attributes: [] }],
      })),
      check_results: null,
    }),
  );
}
