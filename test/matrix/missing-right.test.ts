import { EXPORT_TYPE } from "../../lib/contract/resources";
import type { PolicyDocument } from "../../lib/emulator";
import { imageTaskPolicy, type ImageTaskPolicyDocument } from "../../lib/image-task-policy";
import { ACCESS_KEY, REGION, SECRET_KEY } from "../support/e2e/bench";
import { FAULT_SCENARIOS, type FaultScenario } from "../sweep/faults/scenarios";
import { Sandbox } from "../sweep/faults/sandbox";

/** The scenarios that together make every call that an operation can make. */
const SCENARIOS = { import: /import|^destroy: done/, export: /export/, copy: /copy/ } as const;
type Played = keyof typeof SCENARIOS;

const playedBy = (operation: Played): FaultScenario[] => FAULT_SCENARIOS.filter(({ name }) => SCENARIOS[operation].test(name));
const actionsOf = ({ Statement }: ImageTaskPolicyDocument): string[] => [...new Set(Statement.flatMap(({ Action }) => Action))].sort();
const without = ({ Statement, ...rest }: ImageTaskPolicyDocument, action: string): ImageTaskPolicyDocument => ({
  ...rest,
  Statement: Statement.map((statement) => ({ ...statement, Action: statement.Action.filter((one) => one !== action) })),
});

interface Heard {
  readonly said: string;
  readonly refused: readonly string[];
}

/** The provider's messages and refused calls with a policy's rights in a scenario, a destroy after it, and an import by id of an export. */
async function hear(
  operation: Played,
  scenario: FaultScenario,
  policy: ImageTaskPolicyDocument,
  tags?: { [key: string]: string },
): Promise<Heard> {
  const sandbox = new Sandbox(scenario, {}, tags && { default_tags: tags });
  await sandbox.ecs.start();
  try {
    await sandbox.prepare();
    sandbox.ecs.setAccessKey({ accessKeyId: ACCESS_KEY, accessKeySecret: SECRET_KEY, policies: [policy as PolicyDocument] });
    const lines: string[] = [];
    const hooks = { said: (text: string) => void lines.push(text) };
    await sandbox.struck(hooks);
    await sandbox.run((provider) => sandbox.terraform.destroy(provider), hooks);
    if (operation === "export")
      await sandbox.run(async (provider) => {
        await provider.resources[EXPORT_TYPE]!.importState!(`${REGION}/${sandbox.sourceId}`);
        return [];
      }, hooks);
    const refused = sandbox.ecs.calls.filter(({ outcome }) => outcome.code === "Forbidden.RAM").map(({ action }) => `ecs:${action}`);
    return { said: lines.join("\n"), refused: [...new Set(refused)] };
  } finally {
    await sandbox.ecs.stop();
  }
}

describe.each(["import", "export", "copy"] as const)("a deployer of the operation %s", (operation) => {
  const policy = imageTaskPolicy([operation]);

  test.each(actionsOf(policy))("without the right %s sees its name whenever ECS refuses the call", async (action) => {
    const heard = [];
    for (const scenario of playedBy(operation)) {
      const { said, refused } = await hear(operation, scenario, without(policy, action));
      if (refused.length > 0) heard.push({ scenario: scenario.name, refused, named: said.includes(action.slice("ecs:".length)) });
    }
    expect(heard.length).toBeGreaterThan(0);
    expect(heard).toEqual(heard.map(({ scenario }) => ({ scenario, refused: [action], named: true })));
  });

  test("who is a tenant needs only the tenant's policy with the two rights that RAM cannot limit", async () => {
    const tenant = { tagKey: "team", tagValue: "web", cancelTasks: true, deleteSnapshots: true };
    for (const scenario of playedBy(operation)) {
      const { refused } = await hear(operation, scenario, imageTaskPolicy([operation], { tenant }), { team: "web" });
      expect({ scenario: scenario.name, refused }).toEqual({ scenario: scenario.name, refused: [] });
    }
  });

  test("who is a tenant without these two rights sees their names, and is refused nothing else", async () => {
    const tenant = { tagKey: "team", tagValue: "web" };
    const lacking = new Set<string>();
    for (const scenario of playedBy(operation)) {
      const { said, refused } = await hear(operation, scenario, imageTaskPolicy([operation], { tenant }), { team: "web" });
      for (const action of refused) {
        expect(said).toContain(action.slice("ecs:".length));
        lacking.add(action);
      }
    }
    expect([...lacking].sort()).toEqual(LACKING[operation]);
  });
});

/** TagResources is among them, because the provider marks snapshots with a tag. */
const LACKING: { readonly [operation in Played]: readonly string[] } = {
  import: ["ecs:CancelTask", "ecs:DeleteSnapshot", "ecs:TagResources"],
  export: ["ecs:CancelTask"],
  copy: ["ecs:DeleteSnapshot", "ecs:TagResources"],
};
