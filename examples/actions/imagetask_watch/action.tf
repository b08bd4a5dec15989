# Shows the import's progress in the output of the apply. Needs Terraform 1.14 or later.
action "imagetask_watch" "web" {
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

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.imagetask_watch.web]
    }
  }
}
