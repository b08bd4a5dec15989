import { Construct } from "constructs";
import { ImageTaskPipeline } from "cdktf-alicloud-image-tasks";
import { HOME, TeamStack } from "./team-stack";

/** What a product team decides. The platform team decides everything else. */
export interface GoldenImageProps {
  /** The last part of the image's name: `golden-TEAM-NAME`. */
  readonly name: string;
  /** The key of the disk file in the team's bucket, `golden-TEAM`. */
  readonly object: string;
  /**
   * The disk's size in GiB.
   *
   * @default 40
   */
  readonly size?: number;
  /**
   * The regions that get an encrypted copy.
   *
   * @default - none
   */
  readonly copyTo?: readonly string[];
}

/** An image under the platform team's rules: the team determines bucket, name, role, encryption and retention. */
export class GoldenImage extends Construct {
  readonly pipeline: ImageTaskPipeline;

  constructor(scope: Construct, id: string, { name, object, size = 40, copyTo = [] }: GoldenImageProps) {
    super(scope, id);
    const { team } = TeamStack.of(this);
    const common = { imageName: `golden-${team.name}-${name}`, retainOnDestroy: team.stage === "production" };
    this.pipeline = new ImageTaskPipeline(this, "pipeline", {
      region: HOME,
      defaults: { timeout: "2h", onTimeout: "cancel", onInterrupt: "cancel" },
      import: {
        ...common,
        description: `${name} of the team ${team.name}`,
        roleName: "golden-image-import",
        diskDeviceMapping: [{ ossBucket: `golden-${team.name}`, ossObject: object, format: "qcow2", diskImageSize: size }],
      },
      copies: copyTo.map((region) => ({ ...common, region, encrypted: true })),
    });
  }

  /** The image's id in the home region, or in the region of a copy. */
  idIn(region: string): string {
    return region === HOME ? this.pipeline.imageId : this.pipeline.imageIdIn(region);
  }
}
