import type { Image, Snapshot } from "../values/model";

/** All snapshots, indexed by account and region and by the images that use them. */
export class SnapshotList {
  private readonly byId = new Map<string, Snapshot>();
  private readonly byPlace = new Map<string, Set<Snapshot>>();
  private readonly users = new Map<string, Set<Image>>();

  add(snapshot: Snapshot): void {
    this.byId.set(snapshot.id, snapshot);
    addTo(this.byPlace, placeOf(snapshot.account, snapshot.region), snapshot);
  }

  remove(snapshot: Snapshot): void {
    this.byId.delete(snapshot.id);
    this.byPlace.get(placeOf(snapshot.account, snapshot.region))?.delete(snapshot);
  }

  find(id: string): Snapshot | undefined {
    return this.byId.get(id);
  }

  all(): Iterable<Snapshot> {
    return this.byId.values();
  }

  /** The snapshots of an account in a region, oldest first. */
  in(account: string, region: string): Iterable<Snapshot> {
    return this.byPlace.get(placeOf(account, region)) ?? [];
  }

  /** Those snapshots of an image's disks that exist. */
  of(image: Image): Snapshot[] {
    return image.disks.flatMap(({ snapshotId }) => this.byId.get(snapshotId) ?? []);
  }

  /** Records that an image uses the snapshots of its disks. */
  addUser(image: Image): void {
    for (const { snapshotId } of image.disks) addTo(this.users, snapshotId, image);
  }

  /** Records that an image no longer uses the snapshots of its disks. */
  removeUser(image: Image): void {
    for (const { snapshotId } of image.disks) this.users.get(snapshotId)?.delete(image);
  }

  isUsed(snapshot: Snapshot): boolean {
    return (this.users.get(snapshot.id)?.size ?? 0) > 0;
  }
}

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

const placeOf = (account: string, region: string): string => `${account}/${region}`;
