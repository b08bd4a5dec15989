terraform {
  required_providers {
    imagetask = {
      # OpenTofu looks into its own registry unless the host is named.
      source = "registry.terraform.io/alicloud-image-tasks/imagetask"
    }
  }
}

# Credentials come from the environment, as with the alicloud provider.
provider "imagetask" {
  region = "cn-hangzhou"
}
