import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { GoldenImage } from "../golden-image";
import { TeamStack } from "../team-stack";

/** The web team's image, in two regions. */
export class WebImages extends TeamStack {
  constructor(scope: Construct) {
    super(scope, { name: "web", costCentre: "cc-4711", stage: "test" });
    const server = new GoldenImage(this, "server", { name: "server", object: "server/latest.qcow2", copyTo: ["cn-shanghai"] });
    new TerraformOutput(this, "server_image", { value: server.idIn("cn-shanghai") });
  }
}
