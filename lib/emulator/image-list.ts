import type { Image } from "./model";

/** The images of one account and region in the order in which they came; walked from the newest without a copy. */
export class ImageList {
  private slots: (Image | undefined)[] = [];
  private readonly slotOf = new Map<Image, number>();

  get size(): number {
    return this.slotOf.size;
  }

  /** The images in the order in which they came, with holes where one was removed. */
  get inOrder(): readonly (Image | undefined)[] {
    return this.slots;
  }

  add(image: Image): void {
    this.slotOf.set(image, this.slots.push(image) - 1);
  }

  remove(image: Image): void {
    const slot = this.slotOf.get(image);
    if (slot === undefined) return;
    this.slotOf.delete(image);
    this.slots[slot] = undefined;
    if (this.slots.length > 2 * this.slotOf.size + 16) this.compact();
  }

  *newestFirst(): Generator<Image> {
    const { slots } = this;
    for (let slot = slots.length - 1; slot >= 0; slot--) {
      const image = slots[slot];
      if (image) yield image;
    }
  }

  private compact(): void {
    this.slots = [...this.slotOf.keys()];
    this.slots.forEach((image, slot) => this.slotOf.set(image!, slot));
  }
}
