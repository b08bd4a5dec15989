/**
 * Everything that the gateway uses of the SDK. It is bundled separately and loaded before the first call to ECS, because four out
 * of five plugin starts make no call.
 */
export { createCredential } from "./credentials";
export { EcsClient } from "./ecs-client";
export { agentFor, proxyFor } from "./proxy";
export { speaksTls } from "./speaks-tls";
export { send } from "./transport";
export {
  CancelCopyImageRequest,
  CancelTaskRequest,
  CopyImageRequest,
  DeleteImageRequest,
  DeleteSnapshotRequest,
  DescribeImagesRequest,
  DescribeImagesRequestTag,
  DescribeRegionsRequest,
  DescribeSnapshotsRequest,
  DescribeSnapshotsRequestTag,
  DescribeTaskAttributeRequest,
  DescribeTasksRequest,
  ExportImageRequest,
  ImportImageRequest,
  ModifyImageAttributeRequest,
  TagResourcesRequest,
  TagResourcesRequestTag,
  UntagResourcesRequest,
} from "@alicloud/ecs20140526";
export { $OpenApiUtil } from "@alicloud/openapi-core";
export { cast, RuntimeOptions } from "@darabonba/typescript";
