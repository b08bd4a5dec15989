/** What the command line needs to find, watch and end operations. Commands load it just before they call ECS. */
export type { Context } from "../handler/context";
export type { ListedOperation } from "../handler/operations/list-region";
export { endedText } from "../handler/task/end/ended-text";
export { describeOperation } from "../handler/task/operation";
export { ProgressSteps, progressOf, progressText, type Progress } from "../handler/task/watch/progress";
export { toDiagnostic } from "../handler/resources/diagnostics";
export { connect, connectWithCredentials, environmentRegion, SettingsError, type ConnectOptions } from "./connect";
export { endOperations, type EndResult } from "./end";
export { planReap, type ReapPlan, type ReapRules } from "./reap";
export { inStates, StateTextError } from "./state-file";
export { select, type Selected, type Selection } from "../handler/operations/select";
export { allRegions, survey, type Survey } from "./survey";
/** Loads the SDK; called before the first call to ECS. */
export const loadSdk = () => import("../handler/ecs/sdk");
