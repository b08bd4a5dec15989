import { Construct } from "constructs";
import { ImageCopy } from "./image-copy";
import { ImageExport } from "./image-export";
import { ImageImport, type ImageImportProps } from "./image-import";
import type { ImageTaskDefaults, ImageTaskProps } from "./image-task-props";
import type { ImageCopyOptions, ImageExportOptions } from "./imports/imagetask/props";
import { checkPipeline, noImageIn } from "./private/check-pipeline";
import { checkShape } from "./private/check-props";
import { ImageTaskValidationError } from "./private/errors";
import { isMarked, mark } from "./private/mark";
import { ownScope } from "./private/own-scope";
import { PIPELINE_SHAPE } from "./private/pipeline-shape";
import { copyId, exportId, homeRegion } from "./private/pipeline-steps";

/** A copy of the pipeline's image. The pipeline sets the image and its region. */
export interface ImageTaskPipelineCopy extends ImageTaskProps, ImageCopyOptions {
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
export interface ImageTaskPipelineExport extends ImageTaskProps, ImageExportOptions {
  /**
   * The region of the image to export: the pipeline's own, or that of a copy. The bucket must be in the same region.
   *
   * @default - the region of the pipeline's image
   */
  readonly region?: string;
  /**
   * The construct's id within the pipeline. Set it if a region has several exports.
   *
   * @default - `Export`, followed by a dash and `region` if that is set
   */
  readonly id?: string;
}

/** A pipeline's image, and the copies and exports to make of it. */
export interface ImageTaskPipelineProps {
  /**
   * The import that the pipeline begins with.
   *
   * @default - none; the pipeline begins with `imageId`
   */
  readonly import?: ImageImportProps;
  /**
   * The id of an existing image to begin with, instead of an import.
   *
   * @default - the image that `import` creates
   */
  readonly imageId?: string;
  /**
   * The region of the image. Required if `imageId` and `copies` are set.
   *
   * @default - the import's region; with `imageId`, the provider's
   */
  readonly region?: string;
  /**
   * The copies to make. They run in parallel.
   *
   * @default - none
   */
  readonly copies?: ImageTaskPipelineCopy[];
  /**
   * The exports to make when all copies are done. Exports of the same image run one after the other, because ECS rejects a second
   * one while the first runs (403 ImageIsExporting).
   *
   * @default - none
   */
  readonly exports?: ImageTaskPipelineExport[];
  /**
   * Props for every step that does not set its own: `timeout`, `onTimeout`, `onInterrupt`, `showProgress`, `timeouts`, `provider`.
   *
   * @default - none
   */
  readonly defaults?: ImageTaskDefaults;
}

const KIND = "ImageTaskPipeline";

/**
 * A sequence of steps: an import (or an existing image), then copies to other regions, then exports. Each step is a construct, and
 * Terraform knows the dependencies between them. Destroying the pipeline at any stage cancels running operations and removes the
 * images it created. Not to be confused with ImagePipeline, a resource of ECS's image builder.
 */
export class ImageTaskPipeline extends Construct {
  /** The import; undefined for a pipeline that begins with an existing image. */
  readonly import?: ImageImport;
  /** The id of the pipeline's image. If the pipeline imports it, the id is known once the image is Available. */
  readonly imageId: string;
  /** The copies, in the order of the props. */
  readonly copies: ImageCopy[];
  /** The exports, in the order of the props. */
  readonly exports: ImageExport[];

  private readonly homeRegion?: string;
  private readonly copiesByRegion = new Map<string, ImageCopy>();

  /** @throws ImageTaskValidationError if the props contradict each other, or if a step's props are invalid */
  constructor(
    scope: Construct,
    id: string,
    /** The props as they were given. */
    readonly props: ImageTaskPipelineProps,
  ) {
    super(ownScope(scope), id);
    mark(this, KIND);
    checkShape(this, PIPELINE_SHAPE, props);
    const issues = checkPipeline(props);
    if (issues.length > 0) throw new ImageTaskValidationError(this.node.path, issues);

    this.homeRegion = homeRegion(props);
    if (props.import) {
      this.import = new ImageImport(this, "Import", { ...props.defaults, ...props.import, region: this.homeRegion });
    }
    this.imageId = this.import?.imageId ?? props.imageId!;
    this.copies = (props.copies ?? []).map((copy) => this.addCopy(props, copy));
    this.exports = this.addExports(props);
  }

  /**
   * The id of the image in a region: the pipeline's own image, or the copy.
   * @throws ImageTaskValidationError if the pipeline has no image in the region
   */
  imageIdIn(region: string): string {
    const copy = this.copiesByRegion.get(region);
    if (copy) return copy.imageId;
    if (region === this.homeRegion) return this.imageId;
    throw new ImageTaskValidationError(this.node.path, [noImageIn(region, this.homeRegion, [...this.copiesByRegion.keys()], ["region"])]);
  }

  /** Whether the value is an `ImageTaskPipeline`, from any copy of this package. */
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
      const dependsOn = [
        ...this.copies.filter((other) => other !== copy).map((other) => other.completion),
        ...(before ? [before.completion] : []),
        ...(given.dependsOn ?? []),
      ];
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
