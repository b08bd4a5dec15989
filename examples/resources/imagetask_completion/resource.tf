# Waits for the import, and cancels it after two hours or when you press Ctrl-C.
resource "imagetask_completion" "web" {
  operation_id = imagetask_import.web.id
  on_timeout   = "cancel"
  on_interrupt = "cancel"

  timeouts {
    create = "2h"
  }
}

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

output "image_id" {
  value = imagetask_completion.web.image_id
}
