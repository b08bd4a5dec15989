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

/** The titles of the tests that run on each host, by the heading of their column in the README's table. */
export const SCENARIOS = {
  "schema, apply, empty plan, import": "tells its schemas, applies, has nothing left to do, and is imported with a generated configuration",
  "timeout, Ctrl-C, destroy in mid-task": "cancels at a timeout and on Ctrl-C, and on destroy in mid-task",
  "`moved` from alicloud": "takes an image over from the alicloud provider by a moved block",
  "`terraform test` with mocks": "passes terraform test with the provider mocked",
} as const;
export type Scenario = keyof typeof SCENARIOS;

type Lines = readonly (keyof typeof NODES)[];
/** Node.js under the first command of this machine, under its second (OpenTofu, where both are installed), and under the newer Terraform. */
const [FIRST, SECOND, NEWER]: readonly Lines[] = [[20, 22, 24], [22], [20, 24]];

/** OpenTofu is a host only where it is installed: no registry that the tests may ask has it. */
export const HOSTS: readonly Host[] = [
  ...availableCommands().map((command, place) => hosts(command, () => command, place === 0 ? FIRST! : SECOND!)),
  hosts(`Terraform ${NEWER_VERSION}`, newerTerraform, NEWER!),
].flat();

/** The README's support matrix, line by line. Every host runs every scenario. */
export function supportMatrix(installed: string): readonly string[] {
  const columns = Object.keys(SCENARIOS);
  const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const host = (name: string, lines: Lines, result: string): string => row(name, lines.join(", "), ...columns.map(() => result));
  return [
    row("host", "Node.js", ...columns),
    row("---", "---", ...columns.map(() => "---")),
    host(installed, FIRST!, "yes"),
    host(`Terraform ${NEWER_VERSION}`, NEWER!, "yes"),
    host("OpenTofu", SECOND!, "if installed"),
  ];
}

function hosts(name: string, command: () => string, lines: Lines): Host[] {
  return lines.map((line) => ({ name: `${name} with Node.js ${line}`, command, nodeFolder: () => nodeFolder(line) }));
}
