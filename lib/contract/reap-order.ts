/** The order to the reaper's function: the timer trigger's payload, as JSON. */
export interface ReapOrder {
  /** False: only report what would be ended. */
  readonly apply: boolean;
  /** Operations that started longer ago are overdue, whatever their deadline. */
  readonly olderThan?: string;
  /** Stacks whose operations are skipped. */
  readonly knownStacks?: readonly string[];
  /** Absent: all regions. */
  readonly regions?: readonly string[];
}
