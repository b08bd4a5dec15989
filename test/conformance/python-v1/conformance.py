"""Import, describe, cancel, describe and an error through aliyun-python-sdk-core, the signer of aliyun-python-sdk-ecs (V1).

Usage: conformance.py HOST:PORT, of an emulator with the default AccessKey.
"""
import json
import sys
import time

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import RpcRequest

client = AcsClient("emulator", "emulator-secret", "cn-hangzhou")


def call(action, **params):
    request = RpcRequest("Ecs", "2014-05-26", action)
    request.set_endpoint(sys.argv[1])
    request.set_protocol_type("http")
    for name, value in params.items():
        request.add_query_param(name.replace("__", "."), value)
    return json.loads(client.do_action_with_exception(request))


def status(task_id):
    return call("DescribeTasks", RegionId="cn-hangzhou", TaskIds=task_id)["TaskSet"]["Task"][0]["TaskStatus"]


disk = {"DiskDeviceMapping__1__OSSBucket": "images", "DiskDeviceMapping__1__OSSObject": "web.raw"}
task = call("ImportImage", RegionId="cn-hangzhou", ImageName="conformance-py", **disk)["TaskId"]
assert status(task) == "Processing"
call("CancelTask", RegionId="cn-hangzhou", TaskId=task)
time.sleep(1.5)
assert status(task) == "Deleted", status(task)
try:
    call("CancelTask", RegionId="cn-hangzhou", TaskId="t-unknown")
    sys.exit("CancelTask of an unknown task was accepted")
except ServerException as error:
    assert error.get_error_code() == "InvalidTaskId.NotFound", error
print("python-v1: passed")
