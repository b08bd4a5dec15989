import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { GoldenImage } from "../golden-image";
import { TeamStack } from "../team-stack";

/** The data team's two images, in the home region. */
export class DataImages extends TeamStack {
  constructor(scope: Construct) {
    super(scope, { name: "data", costCentre: "cc-0815", stage: "test" });
    for (const name of ["spark", "notebook"]) {
      const image = new GoldenImage(this, name, { name, object: `${name}.qcow2`, size: 80 });
      new TerraformOutput(this, `${name}_image`, { value: image.idIn("cn-hangzhou") });
    }
  }
}
