# Starts the import and returns within seconds. Use an imagetask_completion to wait for the image.
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
