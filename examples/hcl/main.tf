# The same import, copy and export as in examples/pipeline, in plain HCL. Install the provider in a folder where the npm package is installed, then run
# Terraform or OpenTofu here:
#
#   npx --no-install imagetask install-provider
#   terraform init
#   terraform apply
#
# Credentials, region and endpoints can come from the environment: ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY, ALICLOUD_REGION,
# ECS_ENDPOINT, ALICLOUD_PROTOCOL.

terraform {
  required_providers {
    imagetask = {
      # OpenTofu looks in its own registry unless the source names a host.
      source = "registry.terraform.io/alicloud-image-tasks/imagetask"
    }
  }
}

variable "region" {
  type    = string
  default = "cn-hangzhou"
}

provider "imagetask" {
  region = var.region
}

# Starts the import within seconds, and owns the task and the image.
resource "imagetask_import" "web" {
  image_name = "web-server"
  platform   = "Ubuntu"

  disk_device_mapping {
    oss_bucket      = "image-builds"
    oss_object      = "web/latest.qcow2"
    format          = "QCOW2"
    disk_image_size = 40
  }
}

# Waits for the import, and cancels it after two hours or when you press Ctrl-C.
resource "imagetask_completion" "web" {
  operation_id = imagetask_import.web.id
  on_timeout   = "cancel"
  on_interrupt = "cancel"

  timeouts {
    create = "2h"
  }
}

resource "imagetask_copy" "shanghai" {
  image_id      = imagetask_completion.web.image_id
  source_region = var.region
  region        = "cn-shanghai"
  image_name    = "web-server"
}

resource "imagetask_completion" "shanghai" {
  operation_id = imagetask_copy.shanghai.id
}

resource "imagetask_export" "backup" {
  image_id   = imagetask_completion.web.image_id
  oss_bucket = "image-backups"
  oss_prefix = "web"
}

resource "imagetask_completion" "backup" {
  operation_id = imagetask_export.backup.id
}

output "image_id" {
  value = imagetask_completion.web.image_id
}

output "shanghai_image_id" {
  value = imagetask_completion.shanghai.image_id
}
