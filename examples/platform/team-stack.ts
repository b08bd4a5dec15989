import { TerraformStack } from "cdktf";
import type { IConstruct, Construct } from "constructs";
import { ImageTaskProvider } from "cdktf-alicloud-image-tasks";

/** What the platform team records about a product team. */
export interface Team {
  readonly name: string;
  /** Who pays, e.g. `cc-4711`. */
  readonly costCentre: string;
  /** Production images outlive their stack. */
  readonly stage: "test" | "production";
}

/** The region that images are built in. */
export const HOME = "cn-hangzhou";

/** A stack of a product team: its images have the team's tags, and its credentials come from CI. */
export class TeamStack extends TerraformStack {
  constructor(
    scope: Construct,
    readonly team: Team,
  ) {
    super(scope, `${team.name}-images`);
    new ImageTaskProvider(this, "imagetask", {
      region: HOME,
      defaultTags: { team: team.name, "cost-centre": team.costCentre, stage: team.stage },
    });
  }

  /** The team's stack that a construct is in. */
  static override of(construct: IConstruct): TeamStack {
    const stack = TerraformStack.of(construct);
    if (stack instanceof TeamStack) return stack;
    throw new Error(`${construct.node.path} is in no TeamStack. A golden image needs one, because the stack says which team owns it.`);
  }
}
