import { nodeFolder, type NODES } from "../../../scripts/terraform/nodes.cjs";
import { availableCommands } from "../../support/plugin/terraform";
import { NEWER_VERSION, newerTerraform } from "./newer-terraform";

/** What runs the provider: Terraform or OpenTofu, and Node.js. */
export interface Host {
  readonly name: string;
  /** The command, installed if need be. */
  command(): string;
  /** The folder that holds `node`, installed if need be. */
  nodeFolder(): string;
}

/** The hosts of the support matrix. OpenTofu is one where it is installed: no registry that the tests may ask has it. */
export const HOSTS: readonly Host[] = [
  ...availableCommands().map((command, place) => hosts(command, () => command, place === 0 ? [20, 22, 24] : [22])),
  hosts(`Terraform ${NEWER_VERSION}`, newerTerraform, [20, 24]),
].flat();

/** The hosts that a machine without OpenTofu tests, as the README names them. */
export function tested(installed: string): string {
  return `${installed} with Node.js 20, 22 and 24, and Terraform ${NEWER_VERSION} with Node.js 20 and 24`;
}

function hosts(name: string, command: () => string, lines: readonly (keyof typeof NODES)[]): Host[] {
  return lines.map((line) => ({ name: `${name} with Node.js ${line}`, command, nodeFolder: () => nodeFolder(line) }));
}
