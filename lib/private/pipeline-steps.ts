/** What a pipeline's props say of its steps, as far as their ids and regions go. */
export interface PipelineSteps {
  readonly import?: { readonly region?: string };
  readonly imageId?: string;
  readonly region?: string;
  readonly copies?: readonly { readonly id?: string; readonly region: string }[];
  readonly exports?: readonly { readonly id?: string; readonly region?: string }[];
}

/** The region of the pipeline's own image; undefined when it is the provider's. */
export function homeRegion(steps: PipelineSteps): string | undefined {
  return steps.import?.region ?? steps.region;
}

/** The id of a copy's construct, unless it is given one. */
export function copyId(region: string): string {
  return `Copy-${region}`;
}

/** The id of an export's construct, unless it is given one. */
export function exportId(region: string | undefined): string {
  return region === undefined ? "Export" : `Export-${region}`;
}
