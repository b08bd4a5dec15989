# What runs in the region now.
data "imagetask_tasks" "running" {
  region = "cn-hangzhou"
  status = "running"
}

output "running" {
  value = data.imagetask_tasks.running.tasks
}
