import { Heap } from "./heap";
import type { Due, Entity } from "../values/model";

/**
 * What will change by itself, in the order of time. No timers: whoever looks first lets everything happen that is due,
 * each change at its own time, so a clock that is stepped, scaled or real gives the same history.
 */
export class Timeline {
  private readonly heap = new Heap<Entry>(isBefore);
  private sequence = 0;

  /** Sets the entity's next change in place of the one it had. */
  schedule(entity: Entity, due: Due | undefined): void {
    entity.next = due;
    if (due) this.heap.push({ entity, due, sequence: this.sequence++ });
  }

  /** Lets happen what is due at `now`, by `fire`, which may schedule more. */
  catchUp(now: number, fire: (entity: Entity, due: Due) => void): void {
    for (let top = this.heap.first; top && top.due.at <= now; top = this.heap.first) {
      this.heap.pop();
      // An entry that its entity no longer points at was replaced.
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
