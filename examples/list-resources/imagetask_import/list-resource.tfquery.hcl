# Lists the running imports of the stack "shop": terraform query
list "imagetask_import" "running" {
  provider = imagetask

  config {
    region = "cn-hangzhou"
    status = "running"
    stack  = "shop"
  }
}
