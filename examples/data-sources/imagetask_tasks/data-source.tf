# Lists the operations that are running in the region.
data "imagetask_tasks" "running" {
  region = "cn-hangzhou"
  status = "running"
}

output "running" {
  value = data.imagetask_tasks.running.tasks
}
