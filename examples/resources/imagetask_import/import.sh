# The region and the id of the image or the task.
terraform import imagetask_import.web cn-hangzhou/m-bp67acfmxazb4p****
