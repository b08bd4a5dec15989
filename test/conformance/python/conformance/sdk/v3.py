"""alibabacloud-ecs20140526: the current generation, ACS3-HMAC-SHA256."""

import time

from alibabacloud_ecs20140526 import models
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.models import Config
from Tea.exceptions import TeaException

from conformance.refused import Refused, retried
from conformance.sdk import shapes


def connect(endpoint, protocol, region, keys):
    config = Config(
        access_key_id=keys["id"],
        access_key_secret=keys["secret"],
        security_token=keys.get("token"),
        endpoint=endpoint,
        protocol=protocol.upper(),
        read_timeout=30_000,
    )
    return Ecs(Client(config), region)


class Ecs:
    def __init__(self, client, region):
        self.client = client
        self.region = region

    def describe_regions(self):
        body = self._call("describe_regions", models.DescribeRegionsRequest())
        return [item["RegionId"] for item in body["Regions"]["Region"]]

    def describe_images(self, ids=None, status=None, name=None, owner=None, dry_run=None, page=1, size=10):
        request = models.DescribeImagesRequest(
            region_id=self.region,
            image_id=",".join(ids) if ids else None,
            status=status,
            image_name=name,
            image_owner_alias=owner,
            dry_run=dry_run,
            page_number=page,
            page_size=size,
        )
        body = self._call("describe_images", request)
        return shapes.page(body, "images", [shapes.image(item) for item in body["Images"].get("Image", [])])

    def describe_tasks(self, ids=None, resources=None, action=None, region=None, page=1, size=10):
        request = models.DescribeTasksRequest(
            region_id=region or self.region,
            task_ids=",".join(ids) if ids else None,
            resource_ids=resources,
            task_action=action,
            page_number=page,
            page_size=size,
        )
        body = self._call("describe_tasks", request)
        return shapes.page(body, "tasks", [shapes.task(item) for item in body["TaskSet"].get("Task", [])])

    def describe_task_attribute(self, task):
        body = self._call("describe_task_attribute", models.DescribeTaskAttributeRequest(region_id=self.region, task_id=task))
        return {**shapes.task(body), "process": body["TaskProcess"]}

    def import_image(self, name, bucket, object=None, tag=None, token=None, dry_run=None):
        request = models.ImportImageRequest(
            region_id=self.region,
            image_name=name,
            disk_device_mapping=[models.ImportImageRequestDiskDeviceMapping(ossbucket=bucket, ossobject=object)],
            tag=[models.ImportImageRequestTag(key=tag[0], value=tag[1])] if tag else None,
            client_token=token,
            dry_run=dry_run,
        )
        body = self._call("import_image", request)
        return {"task": body["TaskId"], "image": body["ImageId"]}

    def export_image(self, image, bucket, prefix):
        request = models.ExportImageRequest(region_id=self.region, image_id=image, ossbucket=bucket, ossprefix=prefix)
        return {"task": self._call("export_image", request)["TaskId"]}

    def copy_image(self, image, to, name):
        request = models.CopyImageRequest(
            region_id=self.region, image_id=image, destination_region_id=to, destination_image_name=name
        )
        return {"image": self._call("copy_image", request)["ImageId"]}

    def cancel_task(self, task):
        self._call("cancel_task", models.CancelTaskRequest(region_id=self.region, task_id=task))

    def cancel_copy_image(self, image):
        self._call("cancel_copy_image", models.CancelCopyImageRequest(region_id=self.region, image_id=image))

    def delete_image(self, image):
        self._call("delete_image", models.DeleteImageRequest(region_id=self.region, image_id=image))

    def _call(self, method, request):
        return retried(lambda: self._send(method, request), time.sleep)

    def _send(self, method, request):
        try:
            return getattr(self.client, method)(request).body.to_map()
        except TeaException as error:
            status = (error.data or {}).get("statusCode") or getattr(error, "statusCode", None)
            if status is None:
                raise
            raise Refused(int(status), error.code, error.message) from error

