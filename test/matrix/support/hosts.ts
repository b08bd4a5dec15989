import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { availableCommands } from "../../support/plugin/terraform";
import { installOnce } from "./install-once";
import { NEWER_VERSION, newerTerraform } from "./newer-terraform";

/** The lines of Node.js that are tested, each by one version that npm has. */
const NODES = { 20: "20.20.2", 22: "22.23.2", 24: "24.18.1" } as const;
type NodeLine = keyof typeof NODES;

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

function hosts(name: string, command: () => string, lines: readonly NodeLine[]): Host[] {
  return lines.map((line) => ({ name: `${name} with Node.js ${line}`, command, nodeFolder: () => nodeFolder(NODES[line]) }));
}

/** npm has Node.js as packages, one for each platform. */
function nodeFolder(version: string): string {
  const held = `node-${process.platform}-${process.arch}`;
  const folder = installOnce(`${held}-${version}`, (made) => {
    writeFileSync(join(made, "package.json"), '{ "private": true }\n');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", `${held}@${version}`], { cwd: made, stdio: "pipe" });
  });
  return join(folder, "node_modules", held, "bin");
}
