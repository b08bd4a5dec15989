import type { AdminTarget } from "./admin-target";
import { readRoutes } from "./read-routes";
import type { Route } from "./route";
import { ruleRoutes } from "./rule-routes";
import { seedRoutes } from "./seed-routes";
import { settingRoutes } from "./setting-routes";

/** All routes, in the order in which `GET /_admin` lists them. */
export function adminRoutes(target: AdminTarget): readonly Route[] {
  return [...readRoutes(target), ...seedRoutes(target), ...settingRoutes(target), ...ruleRoutes(target)];
}
