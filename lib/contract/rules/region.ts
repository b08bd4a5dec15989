import { shown, type TextCheck } from "./finding";
import { nearest } from "./nearest";

/** The regions known today, for suggestions. A well-formed id that is missing here is still accepted. */
const KNOWN_REGIONS = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-beijing",
  "cn-shenzhen",
  "cn-qingdao",
  "cn-zhangjiakou",
  "cn-huhehaote",
  "cn-wulanchabu",
  "cn-heyuan",
  "cn-guangzhou",
  "cn-chengdu",
  "cn-nanjing",
  "cn-fuzhou",
  "cn-wuhan-lr",
  "cn-zhongwei",
  "cn-hongkong",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ap-south-1",
  "us-east-1",
  "us-west-1",
  "us-southeast-1",
  "na-south-1",
  "eu-central-1",
  "eu-west-1",
  "me-east-1",
  "me-central-1",
] as const;

const REGION = /^[a-z]{2,3}(-[a-z0-9]+)+$/;

/** The format of a region id. ECS itself checks whether the region exists. */
export const checkRegion: TextCheck = (value, argument) => {
  const zone = regionOfZone(value);
  if (REGION.test(value) && zone === null) return null;
  const guess = zone ?? nearest(value, KNOWN_REGIONS) ?? KNOWN_REGIONS.find((region) => region.endsWith(`-${value.toLowerCase()}`)) ?? null;
  return {
    summary: "Invalid region",
    detail: `\`${argument}\` is ${shown(value)}${zone ? ", a zone" : ""}. A region id has lower-case letters, digits and dashes, such as "cn-hangzhou" or "ap-southeast-1".${guess ? ` Write "${guess}".` : " The console lists the regions with their ids."}`,
  };
};

/** `cn-hangzhou-h` and `ap-southeast-1a` are zones. */
function regionOfZone(value: string): string | null {
  const region = /^(.+)-[a-z]$/.exec(value)?.[1] ?? /^(.+-\d)[a-z]$/.exec(value)?.[1];
  return region !== undefined && REGION.test(region) ? region : null;
}
