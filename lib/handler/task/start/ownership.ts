import { isUnresolved, operationKey, type Operation } from "../operation";

/** The note that the planning process leaves for the applying one. */
export interface PlanNote {
  /** The keys of the operations that were in the state at plan; null if the plan was made elsewhere. */
  read(): readonly string[] | null;
  write(owned: readonly string[]): void;
}

/** Plan and apply in one process, as in tests. */
const ONE_PROCESS: PlanNote = { read: () => [], write: () => undefined };

/**
 * Knows which operations are already in Terraform's state. These are never taken over: with create_before_destroy the new one is
 * created while the old one, which has the same start key, still exists.
 *
 * When Terraform asks for a create, it does not say what is being replaced: neither prior state nor private data reach the
 * applying process. But the planning process has read the whole state, so it leaves a note.
 */
export class Ownership {
  private readonly seen = new Set<string>();
  private noted: ReadonlySet<string> | null | undefined;
  private planned = false;
  private applied = false;

  constructor(private readonly note: PlanNote = ONE_PROCESS) {}

  /** Records an operation that is in the state; null records a plan for something that is not in the state yet. */
  see(operation: Operation | null): void {
    this.planned = true;
    if (operation && !isUnresolved(operation)) this.seen.add(operationKey(operation));
  }

  /** Records that this process applies changes. */
  applies(): void {
    this.applied = true;
  }

  has(operation: Operation): boolean {
    const key = operationKey(operation);
    return this.seen.has(key) || (this.fromPlan?.has(key) ?? false);
  }

  /** False if the plan was made elsewhere: then the state may own more than this process knows. */
  get isKnown(): boolean {
    return this.fromPlan !== null;
  }

  /** Call this at the end of the process. It writes the note if the process has planned and not applied. */
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
