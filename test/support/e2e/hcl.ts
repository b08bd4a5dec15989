import { ACCESS_KEY, REGION, SECRET_KEY } from "./bench";

/** A provider block that takes nothing from the environment. */
export function providerBlock({ endpoint }: { readonly endpoint: string }, more = ""): string {
  return `
provider "imagetask" {
  region     = "${REGION}"
  access_key = "${ACCESS_KEY}"
  secret_key = "${SECRET_KEY}"
  protocol   = "HTTP"
  endpoints {
    ecs = "${endpoint}"
    sts = "${endpoint}"
  }
  ${more}
}
`;
}

export interface Parts {
  /** More lines in the start resource. */
  readonly start?: string;
  /** More lines in the completion, or `null` for none. */
  readonly completion?: string | null;
}

/** An import `imagetask_import.NAME` with its completion. */
export function importing(name = "web", { start = "", completion = "" }: Parts = {}): string {
  return `
resource "imagetask_import" "${name}" {
  image_name = "${name}"
  disk_device_mapping {
    oss_bucket = "images"
    oss_object = "${name}.qcow2"
    format     = "qcow2"
  }
  ${start}
}
${completing("imagetask_import", name, completion)}`;
}

/** An export of an image (an HCL expression), with its completion. */
export function exporting(name: string, imageId: string, { start = "", completion = "" }: Parts = {}): string {
  return `
resource "imagetask_export" "${name}" {
  image_id   = ${imageId}
  oss_bucket = "exports"
  oss_prefix = "${name}"
  ${start}
}
${completing("imagetask_export", name, completion)}`;
}

/** A copy of an image (an HCL expression) to Beijing, with its completion. */
export function copying(name: string, imageId: string, { start = "", completion = "" }: Parts = {}): string {
  return `
resource "imagetask_copy" "${name}" {
  image_id      = ${imageId}
  source_region = "${REGION}"
  region        = "cn-beijing"
  image_name    = "${name}"
  ${start}
}
${completing("imagetask_copy", name, completion)}`;
}

function completing(type: string, name: string, lines: string | null): string {
  if (lines === null) return "";
  return `
resource "imagetask_completion" "${name}" {
  operation_id = ${type}.${name}.id
  ${lines}
}
`;
}
