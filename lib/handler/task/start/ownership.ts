import { isUnresolved, operationKey, type Operation } from "../operation";

/** What the process that planned leaves for the one that applies. */
export interface PlanNote {
  /** The keys of the operations that the state named at plan; null where the plan was made elsewhere. */
  read(): readonly string[] | null;
  write(owned: readonly string[]): void;
}

/** Plan and apply in one process, as tests have it. */
const ONE_PROCESS: PlanNote = { read: () => [], write: () => undefined };

/**
 * Which operations Terraform's state owns already. What it owns is never taken on: with create_before_destroy the new one is
 * created while the old one, which bears the same start key, is still there.
 *
 * When Terraform asks for a create it tells nothing of what is being replaced (neither prior state nor private data reach the
 * process that applies), while the process that planned has seen all of the state. So that one leaves a note.
 */
export class Ownership {
  private readonly seen = new Set<string>();
  private noted: ReadonlySet<string> | null | undefined;
  private planned = false;
  private applied = false;

  constructor(private readonly note: PlanNote = ONE_PROCESS) {}

  /** The state names the operation, or, with null, something is planned that is not in it yet. */
  see(operation: Operation | null): void {
    this.planned = true;
    if (operation && !isUnresolved(operation)) this.seen.add(operationKey(operation));
  }

  /** Something is being applied. */
  applies(): void {
    this.applied = true;
  }

  has(operation: Operation): boolean {
    const key = operationKey(operation);
    return this.seen.has(key) || (this.fromPlan?.has(key) ?? false);
  }

  /** False where the plan was made elsewhere: then what the state does not seem to own, it may own all the same. */
  get isKnown(): boolean {
    return this.fromPlan !== null;
  }

  /** At the end of a process: one that has planned and applied nothing leaves the note. */
  leaveNote(): void {
    if (this.planned && !this.applied) this.note.write([...this.seen]);
  }

  private get fromPlan(): ReadonlySet<string> | null {
    if (this.noted === undefined) {
      const keys = this.note.read();
      this.noted = keys && new Set(keys);
    }
    return this.noted;
  }
}
