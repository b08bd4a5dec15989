import type { Image, ImageStatus } from "../values/model";

/** The images of one account and region in insertion order, counted by status and owner alias. Readers iterate without copying. */
export class ImageList {
  private slots: (Image | undefined)[] = [];
  private readonly entries = new Map<Image, Entry>();
  private readonly counts = new Map<string, number>();

  get size(): number {
    return this.entries.size;
  }

  /** The images in insertion order. A removed image leaves a hole. */
  get inOrder(): readonly (Image | undefined)[] {
    return this.slots;
  }

  /** The number of images that have one of these statuses and one of these owner aliases. Visits no image. */
  count(statuses: readonly ImageStatus[], aliases: readonly Image["ownerAlias"][]): number {
    let count = 0;
    for (const status of statuses) for (const ownerAlias of aliases) count += this.counts.get(countKey({ status, ownerAlias })) ?? 0;
    return count;
  }

  add(image: Image): void {
    const entry = { slot: this.slots.push(image) - 1, countedAs: countKey(image) };
    this.entries.set(image, entry);
    this.change(entry.countedAs, 1);
  }

  /** Call this whenever the image's status may have changed. */
  recount(image: Image): void {
    const entry = this.entries.get(image);
    const key = countKey(image);
    if (!entry || entry.countedAs === key) return;
    this.change(entry.countedAs, -1);
    this.change(key, 1);
    entry.countedAs = key;
  }

  remove(image: Image): void {
    const entry = this.entries.get(image);
    if (!entry) return;
    this.entries.delete(image);
    this.change(entry.countedAs, -1);
    this.slots[entry.slot] = undefined;
    if (this.slots.length > 2 * this.entries.size + 16) this.compact();
  }

  *newestFirst(): Generator<Image> {
    const { slots } = this;
    for (let slot = slots.length - 1; slot >= 0; slot--) {
      const image = slots[slot];
      if (image) yield image;
    }
  }

  private change(key: string, by: number): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + by);
  }

  private compact(): void {
    this.slots = [...this.entries.keys()];
    this.slots.forEach((image, slot) => (this.entries.get(image!)!.slot = slot));
  }
}

interface Entry {
  slot: number;
  countedAs: string;
}

const countKey = ({ status, ownerAlias }: Pick<Image, "status" | "ownerAlias">): string => `${status}/${ownerAlias}`;
