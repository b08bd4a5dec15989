# The region of the copy, and its id.
terraform import imagetask_copy.shanghai cn-shanghai/m-uf67acfmxazb4p****
