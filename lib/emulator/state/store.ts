import { ImageList } from "./image-list";
import type { Entity, Image, Snapshot, Tag, Task } from "../values/model";
import { SnapshotList } from "./snapshot-list";
import { TagIndex } from "./tag-index";

/** All tasks, images and snapshots, indexed for the lookups that actions need. Callers read the lists in place, without copying. */
export class Store {
  private readonly tasks = new Map<string, Task>();
  private readonly images = new Map<string, Image>();
  private readonly tasksOfPlace = new Map<string, Task[]>();
  private readonly imagesOfPlace = new Map<string, ImageList>();
  private readonly tasksOfImage = new Map<string, Task[]>();
  private readonly imageByName = new Map<string, Image>();
  private readonly tags = new TagIndex();
  /** The snapshots, with the images that use each. */
  readonly snapshots = new SnapshotList();
  private readonly owners = new Set<string>();
  private readonly changed = new Set<Entity>();

  add(entity: Entity): void {
    const place = placeOf(entity.account, entity.region);
    if (entity.kind === "task") {
      this.tasks.set(entity.id, entity);
      if (entity.listed && !entity.gone) push(this.tasksOfPlace, place, entity);
      push(this.tasksOfImage, entity.imageId, entity);
    } else if (entity.kind === "snapshot") {
      this.snapshots.add(entity);
    } else {
      this.images.set(entity.id, entity);
      this.snapshots.addUser(entity);
      this.owners.add(entity.account);
      const images = this.imagesOfPlace.get(place) ?? new ImageList();
      this.imagesOfPlace.set(place, images);
      images.add(entity);
      this.tags.add(entity);
      this.imageByName.set(nameKey(entity, entity.name), entity);
    }
    this.changed.add(entity);
  }

  /** Call this after every change to an entity, so that the state file records it. */
  touch(entity: Entity): void {
    this.changed.add(entity);
    if (entity.kind !== "image") return;
    this.imagesOfPlace.get(placeOf(entity.account, entity.region))?.recount(entity);
    this.tags.recount(entity);
  }

  /** Removes a task from its region's list. `task` and `tasksFor` still find it. */
  forget(task: Task): void {
    task.gone = true;
    const listed = this.tasksOfPlace.get(placeOf(task.account, task.region));
    const index = listed?.indexOf(task) ?? -1;
    if (index >= 0) listed!.splice(index, 1);
    this.changed.add(task);
  }

  removeImage(image: Image): void {
    this.images.delete(image.id);
    this.snapshots.removeUser(image);
    this.imagesOfPlace.get(placeOf(image.account, image.region))?.remove(image);
    this.tags.remove(image);
    this.forgetName(image);
    this.changed.add(image);
  }

  removeSnapshot(snapshot: Snapshot): void {
    this.snapshots.remove(snapshot);
    this.changed.add(snapshot);
  }

  retag(entity: Image | Snapshot, tags: readonly Tag[]): void {
    if (entity.kind === "image") this.tags.remove(entity);
    entity.tags = tags;
    if (entity.kind === "image") this.tags.add(entity);
    this.changed.add(entity);
  }

  rename(image: Image, name: string): void {
    this.forgetName(image);
    image.name = name;
    this.imageByName.set(nameKey(image, name), image);
    this.changed.add(image);
  }

  task(id: string): Task | undefined {
    return this.tasks.get(id);
  }

  image(id: string): Image | undefined {
    return this.images.get(id);
  }

  imageNamed(account: string, region: string, name: string): Image | undefined {
    return this.imageByName.get(nameKey({ account, region }, name));
  }

  /** The tasks that DescribeTasks lists, oldest first. */
  tasksIn(account: string, region: string): readonly Task[] {
    return this.tasksOfPlace.get(placeOf(account, region)) ?? [];
  }

  imagesIn(account: string, region: string): ImageList {
    return this.imagesOfPlace.get(placeOf(account, region)) ?? NO_IMAGES;
  }

  /** The images with a tag, oldest first. */
  imagesTagged(account: string, region: string, tag: Tag): Pick<ImageList, "inOrder" | "count"> {
    return this.tags.find(account, region, tag);
  }

  tasksFor(imageId: string): readonly Task[] {
    return this.tasksOfImage.get(imageId) ?? [];
  }

  /** The accounts that have or had an image. */
  accounts(): Iterable<string> {
    return this.owners;
  }

  allTasks(): Iterable<Task> {
    return this.tasks.values();
  }

  allImages(): Iterable<Image> {
    return this.images.values();
  }

  has(entity: Entity): boolean {
    if (entity.kind === "task") return this.tasks.has(entity.id);
    return entity.kind === "image" ? this.images.has(entity.id) : this.snapshots.find(entity.id) !== undefined;
  }

  /** The entities that have changed since the last call of this method. */
  takeChanged(): Entity[] {
    const changed = [...this.changed];
    this.changed.clear();
    return changed;
  }

  private forgetName(image: Image): void {
    const key = nameKey(image, image.name);
    if (this.imageByName.get(key) === image) this.imageByName.delete(key);
  }
}

const NO_IMAGES = new ImageList();

const placeOf = (account: string, region: string): string => `${account}/${region}`;

const nameKey = (owner: { account: string; region: string }, name: string): string => `${owner.account}/${owner.region}/${name}`;

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
