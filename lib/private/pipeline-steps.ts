/** The props of a pipeline that determine the ids and regions of its steps. */
export interface PipelineSteps {
  readonly import?: { readonly region?: string };
  readonly imageId?: string;
  readonly region?: string;
  readonly copies?: readonly { readonly id?: string; readonly region: string }[];
  readonly exports?: readonly { readonly id?: string; readonly region?: string }[];
}

/** The region of the pipeline's own image; undefined if it comes from the provider. */
export function homeRegion(steps: PipelineSteps): string | undefined {
  return steps.import?.region ?? steps.region;
}

/** The default id of a copy's construct. */
export function copyId(region: string): string {
  return `Copy-${region}`;
}

/** The default id of an export's construct. */
export function exportId(region: string | undefined): string {
  return region === undefined ? "Export" : `Export-${region}`;
}
