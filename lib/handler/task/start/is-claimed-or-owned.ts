import type { Operation } from "../operation";
import type { StartDeps } from "./start-deps";

/** True if this state owns the operation or another resource of this run has claimed it. */
export const isClaimedOrOwned = (operation: Operation, { claims, ownership }: Pick<StartDeps, "claims" | "ownership">): boolean =>
  claims.has(operation) || ownership.has(operation);
