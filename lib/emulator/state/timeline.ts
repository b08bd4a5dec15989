import { Heap } from "./heap";
import type { Due, Entity } from "../values/model";

/**
 * The future changes, in the order of time. There are no timers: before each access the emulator catches up on the changes
 * that are due, each at its own time. So every clock, real, scaled or moved in steps, leads to the same history.
 */
export class Timeline {
  private readonly heap = new Heap<Entry>(isBefore);
  private sequence = 0;

  /** Sets the entity's next change, which replaces an earlier one. */
  schedule(entity: Entity, due: Due | undefined): void {
    entity.next = due;
    if (due) this.heap.push({ entity, due, sequence: this.sequence++ });
  }

  /** Carries out the changes that are due at `now` by calling `fire`, which may schedule more. */
  catchUp(now: number, fire: (entity: Entity, due: Due) => void): void {
    for (let top = this.heap.first; top && top.due.at <= now; top = this.heap.first) {
      this.heap.pop();
      // The entity's change was replaced since.
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
