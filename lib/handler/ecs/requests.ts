import type { Parameters, Tags } from "../task/gateway";
import type * as Sdk from "./sdk";

/** What every start sends besides its own parameters. */
export interface Common {
  readonly region: string;
  readonly token?: string;
  readonly tags?: Tags;
}

/** Builds the SDK's request from parameters named as ECS names them. The SDK's model maps each name to its property. */
export function toStartRequest<T>(Request: new (map: object) => T, parameters: Parameters, common: Common, { cast }: typeof Sdk): T {
  const { region, token, tags = {} } = common;
  const tag = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return cast({ ...parameters, RegionId: region, ClientToken: token, Tag: tag.length > 0 ? tag : undefined }, new Request({}));
}

export function toTags<T>(tags: Tags, Tag: new (map: { key: string; value: string }) => T): T[] {
  return Object.entries(tags).map(([key, value]) => new Tag({ key, value }));
}
