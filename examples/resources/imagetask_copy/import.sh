# The region and the id of the copy.
terraform import imagetask_copy.shanghai cn-shanghai/m-uf67acfmxazb4p****
