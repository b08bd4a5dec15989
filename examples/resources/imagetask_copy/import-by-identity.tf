import {
  to = imagetask_copy.shanghai
  identity = {
    region   = "cn-shanghai"
    image_id = "m-uf67acfmxazb4p****"
  }
}
