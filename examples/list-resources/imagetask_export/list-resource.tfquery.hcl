# Lists every export that ECS still lists, running or ended: terraform query
list "imagetask_export" "all" {
  provider = imagetask

  config {
    region = "cn-hangzhou"
    status = "all"
  }
}
