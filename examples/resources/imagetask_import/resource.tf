# Starts the import and returns within seconds. The image is there when its completion has ended.
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
