# The region and the id of the export's task.
terraform import imagetask_export.backup cn-hangzhou/t-bp67acfmxazb4p****
