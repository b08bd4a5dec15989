terraform {
  required_providers {
    imagetask = {
      # OpenTofu looks in its own registry unless the source names a host.
      source = "registry.terraform.io/alicloud-image-tasks/imagetask"
    }
  }
}

# Credentials come from the environment, as with the alicloud provider.
provider "imagetask" {
  region = "cn-hangzhou"
}
