import type { Issue } from "../../contract/values";

/** @param block the block that gives no region, while the provider gives none either */
export const noRegion = (block: "resource" | "action" | "list" | "data source"): Issue => ({
  path: ["region"],
  summary: "No region",
  detail: `Neither this ${block} nor the provider has a region. Set \`region\`, or ALICLOUD_REGION, e.g. to cn-hangzhou.`,
});
