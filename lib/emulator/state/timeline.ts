import { Heap } from "./heap";
import type { Due, Entity } from "../values/model";

/**
 * The future changes, ordered by time. There are no timers: before each access, the emulator carries out the changes that
 * are due, each with its own time. So the history is the same with a real clock, a scaled one, and one that moves in steps.
 */
export class Timeline {
  private readonly heap = new Heap<Entry>(isBefore);
  private sequence = 0;

  /** Sets the entity's next change, and replaces any earlier one. */
  schedule(entity: Entity, due: Due | undefined): void {
    entity.next = due;
    if (due) this.heap.push({ entity, due, sequence: this.sequence++ });
  }

  /** Carries out the changes that are due at `now` by calling `fire`, which may schedule more. */
  catchUp(now: number, fire: (entity: Entity, due: Due) => void): void {
    for (let top = this.heap.first; top && top.due.at <= now; top = this.heap.first) {
      this.heap.pop();
      // `schedule` has since replaced this change.
      if (top.entity.next !== top.due) continue;
      top.entity.next = undefined;
      fire(top.entity, top.due);
    }
  }
}

interface Entry {
  readonly entity: Entity;
  readonly due: Due;
  readonly sequence: number;
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.due.at < b.due.at || (a.due.at === b.due.at && a.sequence < b.sequence);
}
