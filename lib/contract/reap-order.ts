/** What the reaper's function is to do. The timer trigger's payload is this order as JSON. */
export interface ReapOrder {
  /** Whether to end the operations that are found; false only reports them. */
  readonly apply: boolean;
  /** Operations that started longer ago are overdue, whatever their deadline. */
  readonly olderThan?: string;
  /** Stacks whose operations are skipped. */
  readonly knownStacks?: readonly string[];
  /** Absent: all regions. */
  readonly regions?: readonly string[];
}
