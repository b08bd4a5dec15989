import type { Image, Tag } from "./model";

/** Finds images by a tag's key and value, so that a look-up by tag doesn't walk over all images. */
export class TagIndex {
  private readonly images = new Map<string, Set<Image>>();

  add(image: Image): void {
    for (const tag of image.tags) {
      const key = keyOf(image, tag);
      const found = this.images.get(key);
      if (found) found.add(image);
      else this.images.set(key, new Set([image]));
    }
  }

  remove(image: Image): void {
    for (const tag of image.tags) {
      const key = keyOf(image, tag);
      const found = this.images.get(key);
      found?.delete(image);
      if (found?.size === 0) this.images.delete(key);
    }
  }

  /** In the order of their creation. */
  find(account: string, region: string, tag: Tag): readonly Image[] {
    return [...(this.images.get(keyOf({ account, region }, tag)) ?? [])].sort((a, b) => a.createdAt - b.createdAt);
  }
}

function keyOf({ account, region }: { readonly account: string; readonly region: string }, { key, value }: Tag): string {
  return `${account}/${region}/${key}\n${value}`;
}
