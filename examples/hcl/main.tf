# The same import, copy and export as examples/pipeline, in plain HCL. Install the provider first, then use Terraform or
# OpenTofu as ever:
#
#   npx imagetask install-provider
#   terraform init
#   terraform apply
#
# Credentials, region and endpoints may come from the environment: ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY, ALICLOUD_REGION,
# ECS_ENDPOINT, ALICLOUD_PROTOCOL.

terraform {
  required_providers {
    imagetask = {
      # OpenTofu looks into its own registry unless the host is named.
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

# Starts the import and owns the task and the image: returns within seconds.
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

# Waits for it, and cancels it when two hours have passed or when you press Ctrl-C.
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
