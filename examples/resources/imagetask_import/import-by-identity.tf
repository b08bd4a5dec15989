import {
  to = imagetask_import.web
  identity = {
    region   = "cn-hangzhou"
    image_id = "m-bp67acfmxazb4p****"
  }
}
