/** What the timer asks of the reaper's function: the trigger's payload, as JSON. */
export interface ReapOrder {
  /** False: it only tells what it would end. */
  readonly apply: boolean;
  /** What was started longer ago is overdue, whatever its own deadline is. */
  readonly olderThan?: string;
  /** Stacks whose operations are left alone. */
  readonly knownStacks?: readonly string[];
  /** Absent: all regions. */
  readonly regions?: readonly string[];
}
