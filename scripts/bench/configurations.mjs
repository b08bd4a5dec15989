/**
 * So many imports, and the waits for them.
 *
 * @param {number} count
 */
export const imports = (count) => `
resource "imagetask_import" "image" {
  count      = ${count}
  image_name = "bench-\${count.index}"
  disk_device_mapping {
    oss_bucket = "bench-bucket"
    oss_object = "disk-\${count.index}.qcow2"
  }
}
resource "imagetask_completion" "image" {
  count        = ${count}
  operation_id = imagetask_import.image[count.index].id
}
`;

/**
 * As many resources with the same dependencies that do nothing: their time is Terraform's own.
 *
 * @param {number} count
 * @param {{ start: number, wait: number }} padding how many more characters each holds in its input; its output repeats them
 */
export const terraformData = (count, padding = { start: 0, wait: 0 }) => `
locals {
  padding = "${"x".repeat(padding.start)}"
}
resource "terraform_data" "start" {
  count = ${count}
  input = "image-\${count.index}\${local.padding}"
}
resource "terraform_data" "wait" {
  count = ${count}
  input = substr(terraform_data.start[count.index].output, 0, ${"image-".length + String(count - 1).length + padding.wait})
}
`;

/**
 * What Terraform is called with to have so many of each in progress at the same time.
 *
 * @param {number} count
 */
export const apply = (count) => ["apply", "-auto-approve", `-parallelism=${count * 2 + 10}`];
