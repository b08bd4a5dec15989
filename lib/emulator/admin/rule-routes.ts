import type { FaultRule } from "../calls/faults";
import type { TaskRule } from "../state/task-rules";
import { checkShape } from "../values/shape";
import { AdminError } from "./admin-error";
import type { AdminTarget } from "./admin-target";
import type { Route } from "./route";
import { FAULT, TASK_RULE } from "./shapes";

/** The routes of fault rules and task rules. */
export function ruleRoutes(target: AdminTarget): readonly Route[] {
  return [
    ...routesOf("/faults", "fault rules", target.faults, (body) => checkShape<FaultRule>(body, FAULT)),
    ...routesOf("/task-rules", "rules for new tasks", target.taskRules, (body) => checkShape<TaskRule>(body, TASK_RULE)),
  ];
}

interface RuleSet<Rule> {
  add(rule: Rule): number;
  remove(id: number): boolean;
  clear(): void;
  list(): readonly unknown[];
}

function routesOf<Rule>(path: string, what: string, set: RuleSet<Rule>, check: (body: unknown) => Rule): Route[] {
  return [
    { method: "GET", path, what: `the ${what}`, run: () => ({ rules: set.list() }) },
    { method: "POST", path, what: `adds a rule to the ${what} and returns its id`, run: ({ body }) => ({ id: set.add(check(body)) }) },
    { method: "DELETE", path, what: `removes all ${what}`, run: () => set.clear() },
    {
      method: "DELETE",
      path: `${path}/:id`,
      what: "removes one rule",
      run: ({ id }) => {
        if (!set.remove(Number(id))) throw new AdminError(404, `There is no rule ${id} in ${path}.`);
      },
    },
  ];
}
