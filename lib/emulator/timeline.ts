import type { Due, Entity } from "./model";

/**
 * What will change by itself, in the order of time. No timers: whoever looks first lets everything happen that is due,
 * each change at its own time, so a clock that is stepped, scaled or real gives the same history.
 */
export class Timeline {
  private readonly heap: Entry[] = [];
  private sequence = 0;

  /** Sets the entity's next change in place of the one it had. */
  schedule(entity: Entity, due: Due | undefined): void {
    entity.next = due;
    if (due) this.push({ entity, due, sequence: this.sequence++ });
  }

  /** Lets happen what is due at `now`, by `fire`, which may schedule more. */
  settle(now: number, fire: (entity: Entity, due: Due) => void): void {
    for (let top = this.heap[0]; top && top.due.at <= now; top = this.heap[0]) {
      this.pop();
      // An entry that its entity no longer points at was replaced.
      if (top.entity.next !== top.due) continue;
      top.entity.next = undefined;
      fire(top.entity, top.due);
    }
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

interface Entry {
  readonly entity: Entity;
  readonly due: Due;
  readonly sequence: number;
}

function before(a: Entry, b: Entry): boolean {
  return a.due.at < b.due.at || (a.due.at === b.due.at && a.sequence < b.sequence);
}
