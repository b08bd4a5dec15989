resource "imagetask_export" "backup" {
  image_id   = "m-bp67acfmxazb4p****"
  oss_bucket = "image-backups"
  oss_prefix = "web"
}

resource "imagetask_completion" "backup" {
  operation_id = imagetask_export.backup.id
}
