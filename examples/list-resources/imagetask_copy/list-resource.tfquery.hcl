# Lists the running copies to cn-shanghai. With include_resource, each comes with all of its attributes, and
# terraform query -generate-config-out=found.tf writes resource and import blocks for them.
list "imagetask_copy" "running" {
  provider         = imagetask
  include_resource = true

  config {
    region = "cn-shanghai"
  }
}
