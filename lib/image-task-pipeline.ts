import { Token } from "cdktf";
import { Construct } from "constructs";
import type { Issue } from "./contract/values";
import { ImageCopy, type ImageCopyProps } from "./image-copy";
import { ImageExport, type ImageExportProps } from "./image-export";
import { ImageImport, type ImageImportProps } from "./image-import";
import type { ImageTaskProps } from "./image-task-props";
import { ImageTaskValidationError } from "./private/errors";
import { isMarked, mark } from "./private/mark";

/** A copy of the pipeline's image; the image and its region come from the pipeline. */
export interface ImageTaskPipelineCopy extends Omit<ImageCopyProps, "imageId" | "sourceRegion" | "region"> {
  /** The region of the copy. */
  readonly region: string;
  /**
   * The construct's id within the pipeline.
   *
   * @default - `Copy-` and the region
   */
  readonly id?: string;
}

/** An export of the pipeline's image, or of one of its copies. */
export interface ImageTaskPipelineExport extends Omit<ImageExportProps, "imageId" | "region"> {
  /**
   * The region whose image is exported: the pipeline's own or that of a copy. The bucket has to be there too.
   *
   * @default - the region of the pipeline's image
   */
  readonly region?: string;
  /**
   * The construct's id within the pipeline. Set it where a region has several exports.
   *
   * @default - `Export`, with a dash and the region where one is given
   */
  readonly id?: string;
}

/** What a pipeline begins with, and what it makes of it. */
export interface ImageTaskPipelineProps {
  /**
   * The import that the pipeline begins with.
   *
   * @default - the image named by `imageId`
   */
  readonly import?: ImageImportProps;
  /**
   * The image that is there already, in place of an import.
   *
   * @default - the one that `import` makes
   */
  readonly imageId?: string;
  /**
   * The region of the image: needed with `imageId` as soon as there are copies.
   *
   * @default - the import's region; with `imageId`, the provider's
   */
  readonly region?: string;
  /**
   * The regions to copy the image to. Copies run side by side.
   *
   * @default - none
   */
  readonly copies?: readonly ImageTaskPipelineCopy[];
  /**
   * What to export once every copy is there. Exports of one image run one after the other, since ECS refuses a second one
   * meanwhile (403 ImageIsExporting).
   *
   * @default - none
   */
  readonly exports?: readonly ImageTaskPipelineExport[];
  /**
   * Props for every step that does not set its own: `timeout`, `onTimeout`, `onInterrupt`, `timeouts`, `provider`.
   *
   * @default - none
   */
  readonly defaults?: Pick<ImageTaskProps, "timeout" | "onTimeout" | "onInterrupt" | "timeouts" | "provider">;
}

const KIND = "ImageTaskPipeline";

/**
 * An image on its way: one import (or an image that is there already), then copies to other regions, then exports. Each step
 * is a construct of its own, and Terraform sees what depends on what; destroying the pipeline at any stage cancels what runs
 * and removes what it made. Not to be mixed up with ECS's image builder, whose resource is called ImagePipeline.
 */
export class ImageTaskPipeline extends Construct {
  /** The import; undefined for a pipeline that begins with an image that is there already. */
  readonly import?: ImageImport;
  /** The id of the pipeline's image; with an import, known once it is Available. */
  readonly imageId: string;
  /** The copies, in the order of the props. */
  readonly copies: readonly ImageCopy[];
  /** The exports, in the order of the props. */
  readonly exports: readonly ImageExport[];

  private readonly homeRegion?: string;
  private readonly copiesByRegion = new Map<string, ImageCopy>();

  /** @throws ImageTaskValidationError when the props do not fit together, or when a step's own props are wrong */
  constructor(scope: Construct, id: string, props: ImageTaskPipelineProps) {
    super(scope, id);
    mark(this, KIND);
    const issues = checkPipeline(props);
    if (issues.length > 0) throw new ImageTaskValidationError(this.node.path, issues);

    this.homeRegion = sourceRegion(props);
    if (props.import) {
      this.import = new ImageImport(this, "Import", { ...props.defaults, region: props.region, ...props.import });
    }
    this.imageId = this.import?.imageId ?? props.imageId!;
    this.copies = (props.copies ?? []).map((copy) => this.addCopy(props, copy));
    this.exports = this.addExports(props);
  }

  /**
   * The id of the image in a region: the pipeline's own, or that of the copy there.
   * @throws ImageTaskValidationError when the pipeline has no image in that region
   */
  imageIdIn(region: string): string {
    const copy = this.copiesByRegion.get(region);
    if (copy) return copy.imageId;
    if (region === this.homeRegion) return this.imageId;
    throw new ImageTaskValidationError(this.node.path, [noImageIn(region, this.homeRegion, [...this.copiesByRegion.keys()], ["region"])]);
  }

  /** Whether the value is an `ImageTaskPipeline`, from whichever copy of this package. */
  static isImageTaskPipeline(value: unknown): value is ImageTaskPipeline {
    return isMarked(value, KIND);
  }

  private addCopy(props: ImageTaskPipelineProps, { id, ...copy }: ImageTaskPipelineCopy): ImageCopy {
    const added = new ImageCopy(this, id ?? copyId(copy.region), {
      ...props.defaults,
      ...copy,
      imageId: this.imageId,
      sourceRegion: this.homeRegion ?? this.import!.operation.region,
    });
    this.copiesByRegion.set(copy.region, added);
    return added;
  }

  private addExports(props: ImageTaskPipelineProps): ImageExport[] {
    const last = new Map<string, ImageExport>();
    return (props.exports ?? []).map(({ id, region, ...given }) => {
      const copy = region === undefined ? undefined : this.copiesByRegion.get(region);
      const imageId = copy?.imageId ?? this.imageId;
      const before = last.get(imageId);
      const dependsOn = [...this.copies.filter((other) => other !== copy).map((other) => other.completion), ...(before ? [before.completion] : []), ...(given.dependsOn ?? [])];
      const added = new ImageExport(this, id ?? exportId(region), {
        ...props.defaults,
        ...given,
        imageId,
        region: region ?? this.homeRegion,
        dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
      });
      last.set(imageId, added);
      return added;
    });
  }
}

function sourceRegion(props: ImageTaskPipelineProps): string | undefined {
  return props.import?.region ?? props.region;
}

function copyId(region: string): string {
  return `Copy-${region}`;
}

function exportId(region: string | undefined): string {
  return region === undefined ? "Export" : `Export-${region}`;
}

function checkPipeline(props: ImageTaskPipelineProps): Issue[] {
  const copies = props.copies ?? [];
  const exports = props.exports ?? [];
  const regions = copies.map((copy) => copy.region);
  const home = sourceRegion(props);
  return [
    ...checkSource(props, copies.length > 0),
    ...checkUnique("copies", copies.map((copy) => copy.region), (region) => `go to ${JSON.stringify(region)}. One copy to a region is enough: remove one, or make an ImageCopy of your own.`),
    ...checkUnique("exports", exports.map((item) => item.id ?? exportId(item.region)), (id) => `have the id ${JSON.stringify(id)}. Give each an \`id\` of its own.`),
    ...["copies", "exports"].flatMap((list) => checkIds(list, list === "copies" ? copies : exports)),
    ...exports.flatMap(({ region }, index) => (hasImageIn(region, home, regions) ? [] : [noImageIn(region!, home, regions, ["exports", index, "region"])])),
  ];
}

function checkSource(props: ImageTaskPipelineProps, hasCopies: boolean): Issue[] {
  if ((props.import === undefined) === (props.imageId === undefined)) {
    const detail = props.import === undefined ? "Neither `import` nor `imageId` is set." : "Both `import` and `imageId` are set.";
    return [{ path: ["import"], summary: "A pipeline begins with one image", detail: `${detail} Set \`import\` to import an image, or \`imageId\` to begin with one that is there already.` }];
  }
  if (props.import?.region !== undefined && props.region !== undefined && props.import.region !== props.region) {
    return [
      {
        path: ["region"],
        summary: "Two regions for one image",
        detail: `\`region\` is ${JSON.stringify(props.region)} and \`import.region\` is ${JSON.stringify(props.import.region)}. Set one of them.`,
      },
    ];
  }
  if (props.imageId !== undefined && props.region === undefined && hasCopies) {
    return [{ path: ["region"], summary: "Region of the image not known", detail: "`region` is not set. ECS copies an image from a named region: set `region` to the one that `imageId` is in." }];
  }
  return [];
}

function checkUnique(list: string, keys: readonly string[], explain: (key: string) => string): Issue[] {
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key);
    return first === index ? [] : [{ path: [list, index], summary: `Two ${list} alike`, detail: `Items ${first + 1} and ${index + 1} of \`${list}\` ${explain(key)}` }];
  });
}

/** Construct ids have to be known at synth. */
function checkIds(list: string, items: readonly { readonly id?: string; readonly region?: string }[]): Issue[] {
  return items.flatMap(({ id, region }, index) =>
    id !== undefined || !Token.isUnresolved(region)
      ? []
      : [{ path: [list, index, "id"], summary: "Id needed", detail: `The region of item ${index + 1} of \`${list}\` is known only to Terraform, so no construct id can be made of it. Set its \`id\`.` }],
  );
}

/** Where the pipeline's own region is the provider's, an export elsewhere than in a copy's region is given the benefit of the doubt. */
function hasImageIn(region: string | undefined, home: string | undefined, copied: readonly string[]): boolean {
  return region === undefined || region === home || copied.includes(region) || (home === undefined && copied.length === 0) || Token.isUnresolved(home);
}

function noImageIn(region: string, home: string | undefined, copied: readonly string[], path: Issue["path"]): Issue {
  const regions = home === undefined ? copied : [home, ...copied];
  const there = regions.length > 0 ? `It has one in ${regions.map((known) => JSON.stringify(known)).join(", ")}.` : "Its own image's region is not known here.";
  return { path, summary: "No image in that region", detail: `\`region\` is ${JSON.stringify(region)}, where the pipeline has no image. ${there} Choose one of those, or add a copy.` };
}
