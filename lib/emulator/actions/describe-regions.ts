import type { Action, Services } from "./action";

export const describeRegions =
  ({ regions }: Pick<Services, "regions">): Action =>
  () => ({
    Regions: {
      Region: Array.from(regions.values(), (region) => ({
        RegionId: region.id,
        LocalName: region.name,
        RegionEndpoint: `ecs.${region.id}.aliyuncs.com`,
        Status: "available",
      })),
    },
  });
