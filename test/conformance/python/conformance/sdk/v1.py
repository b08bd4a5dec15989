"""aliyun-python-sdk-core and -ecs: the first generation, RPC signatures (HMAC-SHA1)."""

import importlib
import json
import time

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient

from conformance.refused import Refused, retried
from conformance.sdk import shapes


def connect(endpoint, protocol, region, keys):
    if keys.get("token"):
        credential = StsTokenCredential(keys["id"], keys["secret"], keys["token"])
    else:
        credential = AccessKeyCredential(keys["id"], keys["secret"])
    client = AcsClient(region_id=region, credential=credential, auto_retry=False, timeout=30)
    return Ecs(client, endpoint, protocol, region)


class Ecs:
    def __init__(self, client, endpoint, protocol, region):
        self.client = client
        self.endpoint = endpoint
        self.protocol = protocol
        self.region = region

    def describe_regions(self):
        return [item["RegionId"] for item in self._call("DescribeRegions", None)["Regions"]["Region"]]

    def describe_images(self, ids=None, status=None, name=None, owner=None, dry_run=None, page=1, size=10):
        body = self._call(
            "DescribeImages",
            ImageId=",".join(ids) if ids else None,
            Status=status,
            ImageName=name,
            ImageOwnerAlias=owner,
            DryRun=dry_run,
            PageNumber=page,
            PageSize=size,
        )
        return shapes.page(body, "images", [shapes.image(item) for item in body["Images"]["Image"]])

    def describe_tasks(self, ids=None, resources=None, action=None, region=None, page=1, size=10):
        body = self._call(
            "DescribeTasks",
            region or self.region,
            TaskIds=",".join(ids) if ids else None,
            ResourceIdss=resources,
            TaskAction=action,
            PageNumber=page,
            PageSize=size,
        )
        return shapes.page(body, "tasks", [shapes.task(item) for item in body["TaskSet"]["Task"]])

    def describe_task_attribute(self, task):
        body = self._call("DescribeTaskAttribute", TaskId=task)
        return {**shapes.task(body), "process": body["TaskProcess"]}

    def import_image(self, name, bucket, object=None, tag=None, token=None, dry_run=None):
        body = self._call(
            "ImportImage",
            ImageName=name,
            DiskDeviceMappings=[{"OSSBucket": bucket, "OSSObject": object}],
            Tags=[{"Key": tag[0], "Value": tag[1]}] if tag else None,
            ClientToken=token,
            DryRun=dry_run,
        )
        return {"task": body["TaskId"], "image": body["ImageId"]}

    def export_image(self, image, bucket, prefix):
        return {"task": self._call("ExportImage", ImageId=image, OSSBucket=bucket, OSSPrefix=prefix)["TaskId"]}

    def copy_image(self, image, to, name):
        return {"image": self._call("CopyImage", ImageId=image, DestinationRegionId=to, DestinationImageName=name)["ImageId"]}

    def cancel_task(self, task):
        self._call("CancelTask", TaskId=task)

    def cancel_copy_image(self, image):
        self._call("CancelCopyImage", ImageId=image)

    def delete_image(self, image):
        self._call("DeleteImage", ImageId=image)

    def _call(self, action, region=..., **params):
        return retried(lambda: self._send(action, self.region if region is ... else region, params), time.sleep)

    def _send(self, action, region, params):
        module = importlib.import_module(f"aliyunsdkecs.request.v20140526.{action}Request")
        request = getattr(module, f"{action}Request")()
        request.set_accept_format("json")
        request.set_endpoint(self.endpoint)
        request.set_protocol_type(self.protocol)
        for name, value in params.items():
            if value is not None:
                getattr(request, f"set_{name}")(value)
        # The request classes have no setter for RegionId: the client adds its own unless it is there.
        if region:
            request.add_query_param("RegionId", region)
        try:
            return json.loads(self.client.do_action_with_exception(request))
        except ServerException as error:
            raise _refused(error) from error


def _refused(error):
    code, message = error.get_error_code(), error.get_error_msg()
    # The SDK's own words, for a SignatureDoesNotMatch whose text shows that both sides had the same string to sign.
    if code == "InvalidAccessKeySecret" and message.startswith("The AccessKeySecret is incorrect."):
        code = "SignatureDoesNotMatch"
    return Refused(error.get_http_status(), code, message)
