import { nodeFolder, type NODES } from "../../../scripts/terraform/nodes.cjs";
import { availableCommands } from "../../support/plugin/terraform";
import { NEWER_VERSION, newerTerraform } from "./newer-terraform";

/** The programs that run the provider: Terraform or OpenTofu, and Node.js. */
export interface Host {
  readonly name: string;
  /** The command, installed if needed. */
  command(): string;
  /** The folder with `node`, installed if needed. */
  nodeFolder(): string;
}

/** The titles of the tests that run on each host, by the heading of their column in the README's table. */
export const SCENARIOS = {
  "schema, apply, empty plan, import": "shows its schemas, applies, plans no changes, and imports with a generated configuration",
  "timeout, Ctrl-C, destroy in mid-task": "cancels at a timeout, on Ctrl-C and in a destroy while the task runs",
  "`moved` from alicloud": "takes over an image of the alicloud provider by a moved block",
  "`terraform test` with mocks": "passes terraform test with the provider mocked",
} as const;
export type Scenario = keyof typeof SCENARIOS;

type Lines = readonly (keyof typeof NODES)[];
/** Node.js versions under this machine's first command, its second (OpenTofu if both are installed), and the newer Terraform. */
const [FIRST, SECOND, NEWER]: readonly Lines[] = [[20, 22, 24], [22], [20, 24]];

/** OpenTofu is a host only if it is installed, because no registry that the tests may use has it. */
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
