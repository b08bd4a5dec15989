# Cancels the import as a destroy does: terraform apply -invoke=action.imagetask_cancel.web
action "imagetask_cancel" "web" {
  config {
    operation_id = imagetask_import.web.id
  }
}

resource "imagetask_import" "web" {
  image_name = "web-server"

  disk_device_mapping {
    oss_bucket = "image-builds"
    oss_object = "web/latest.qcow2"
  }
}
