import type { Issue } from "../../contract/values";

/** @param block the kind of block that has no region */
export const noRegion = (block: "resource" | "action" | "list" | "data source"): Issue => ({
  path: ["region"],
  summary: "No region",
  detail: `Neither this ${block} nor the provider has a region. Set \`region\`, or ALICLOUD_REGION, e.g. to cn-hangzhou.`,
});
