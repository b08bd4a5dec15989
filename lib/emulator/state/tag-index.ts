import { ImageList } from "./image-list";
import type { Image, Tag } from "../values/model";

/** Finds images by a tag's key and value without visiting all images. */
export class TagIndex {
  private readonly found = new Map<string, Tagged>();

  add(image: Image): void {
    for (const tag of image.tags) {
      const key = keyOf(image, tag);
      const tagged = this.found.get(key) ?? new Tagged();
      this.found.set(key, tagged);
      tagged.add(image);
    }
  }

  /** Call this whenever the image's status may have changed. */
  recount(image: Image): void {
    for (const tag of image.tags) this.found.get(keyOf(image, tag))?.recount(image);
  }

  remove(image: Image): void {
    for (const tag of image.tags) {
      const key = keyOf(image, tag);
      const tagged = this.found.get(key);
      tagged?.remove(image);
      if (tagged?.size === 0) this.found.delete(key);
    }
  }

  /** The images with the tag, oldest first. */
  find(account: string, region: string, tag: Tag): Pick<ImageList, "inOrder" | "count"> {
    return this.found.get(keyOf({ account, region }, tag)) ?? NO_IMAGES;
  }
}

/** The images with one tag, added in the order in which they were tagged, but listed in the order in which they were created. */
class Tagged extends ImageList {
  /** Sorted at the first lookup after a change, because tags are read far more often than they are set. */
  private sorted: readonly Image[] | undefined;

  override get inOrder(): readonly Image[] {
    this.sorted ??= super.inOrder.filter((image) => image !== undefined).sort((a, b) => a.createdAt - b.createdAt);
    return this.sorted;
  }

  override add(image: Image): void {
    this.sorted = undefined;
    super.add(image);
  }

  override remove(image: Image): void {
    this.sorted = undefined;
    super.remove(image);
  }
}

const NO_IMAGES = new ImageList();

function keyOf({ account, region }: { readonly account: string; readonly region: string }, { key, value }: Tag): string {
  return `${account}/${region}/${key}\n${value}`;
}
