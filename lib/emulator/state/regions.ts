import { EmulatorError } from "../values/emulator-error";

/** A region as DescribeRegions lists it, with the prefix of its resource ids. */
export interface Region {
  readonly id: string;
  readonly name: string;
  readonly idPrefix: string;
}

/** The regions of the public cloud. The option `regions` replaces them. */
export const DEFAULT_REGIONS: readonly Region[] = [
  ["cn-qingdao", "China (Qingdao)", "m5e"],
  ["cn-beijing", "China (Beijing)", "2ze"],
  ["cn-zhangjiakou", "China (Zhangjiakou)", "8vb"],
  ["cn-huhehaote", "China (Hohhot)", "hp3"],
  ["cn-wulanchabu", "China (Ulanqab)", "0jl"],
  ["cn-hangzhou", "China (Hangzhou)", "bp1"],
  ["cn-shanghai", "China (Shanghai)", "uf6"],
  ["cn-nanjing", "China (Nanjing - Local Region)", "gc7"],
  ["cn-fuzhou", "China (Fuzhou - Local Region)", "gw0"],
  ["cn-shenzhen", "China (Shenzhen)", "wz9"],
  ["cn-heyuan", "China (Heyuan)", "f8z"],
  ["cn-guangzhou", "China (Guangzhou)", "7xv"],
  ["cn-chengdu", "China (Chengdu)", "2vc"],
  ["cn-hongkong", "China (Hong Kong)", "j6c"],
  ["ap-northeast-1", "Japan (Tokyo)", "6we"],
  ["ap-northeast-2", "South Korea (Seoul)", "mj7"],
  ["ap-southeast-1", "Singapore", "t4n"],
  ["ap-southeast-3", "Malaysia (Kuala Lumpur)", "8ps"],
  ["ap-southeast-5", "Indonesia (Jakarta)", "k1a"],
  ["ap-southeast-6", "Philippines (Manila)", "5ts"],
  ["ap-southeast-7", "Thailand (Bangkok)", "0jo"],
  ["us-east-1", "US (Virginia)", "0xi"],
  ["us-west-1", "US (Silicon Valley)", "rj9"],
  ["eu-west-1", "UK (London)", "d7o"],
  ["eu-central-1", "Germany (Frankfurt)", "gw8"],
  ["me-east-1", "UAE (Dubai)", "eb3"],
  ["me-central-1", "SAU (Riyadh - Partner Region)", "l4v"],
].map(([id, name, idPrefix]) => ({ id: id, name: name, idPrefix: idPrefix }));

/** The default region of clients and of seeds. */
export const DEFAULT_REGION = "cn-hangzhou";

/** The region with this id. Without an id: the default region, or the first one if the default region does not exist. */
export function defaultRegion(regions: ReadonlyMap<string, Region>, id?: string): Region {
  const region = regions.get(id ?? DEFAULT_REGION) ?? (id === undefined ? regions.values().next().value : undefined);
  if (!region) throw new EmulatorError(`There is no region "${id}". Allowed: ${[...regions.keys()].join(", ")}.`);
  return region;
}

/** The regions with these ids. A region that the public cloud does not have gets an invented id prefix. */
export function regionsOf(ids: readonly string[] | undefined): readonly Region[] {
  if (!ids) return DEFAULT_REGIONS;
  return ids.map(
    (id, index) => DEFAULT_REGIONS.find((region) => region.id === id) ?? { id, name: id, idPrefix: `x${(index % 36).toString(36)}1` },
  );
}
