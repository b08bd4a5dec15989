resource "imagetask_copy" "shanghai" {
  image_id      = "m-bp67acfmxazb4p****"
  source_region = "cn-hangzhou"
  region        = "cn-shanghai"
  image_name    = "web-server"
}

resource "imagetask_completion" "shanghai" {
  operation_id = imagetask_copy.shanghai.id
}
