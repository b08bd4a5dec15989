import { Construct } from "constructs";
import { ImageTaskPipeline } from "{{package}}";

export interface GoldenImageProps {
  /** Part of the image's name: `golden-NAME-vVERSION`. */
  readonly name: string;
  /** A new version creates a new image, which replaces the old one. */
  readonly version: number;
  /** The key of the disk file in the bucket `image-builds`, in the format qcow2. */
  readonly object: string;
  /** The regions that get an encrypted copy. */
  readonly copyTo?: string[];
}

/** An image with the platform team's name, roles, timeouts and encrypted copies. Product teams set only what differs between images. */
export class GoldenImage extends Construct {
  private readonly pipeline: ImageTaskPipeline;

  constructor(scope: Construct, id: string, { name, version, object, copyTo = [] }: GoldenImageProps) {
    super(scope, id);
    const imageName = `golden-${name}-v${version}`;
    this.pipeline = new ImageTaskPipeline(this, "pipeline", {
      defaults: { timeout: "2h" },
      import: {
        imageName,
        osType: "linux",
        architecture: "x86_64",
        roleName: "AliyunECSImageImportDefaultRole",
        diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: object, format: "qcow2" }],
      },
      copies: copyTo.map((region) => ({ region, imageName, encrypted: true })),
    });
  }

  /** The image's id in the stack's region. A resource that uses it waits until the image is Available. */
  get imageId(): string {
    return this.pipeline.imageId;
  }

  imageIdIn(region: string): string {
    return this.pipeline.imageIdIn(region);
  }
}
