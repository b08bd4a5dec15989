import {
  to = imagetask_export.backup
  identity = {
    region  = "cn-hangzhou"
    task_id = "t-bp67acfmxazb4p****"
  }
}
