import { ApiError } from "../protocol/api-error";
import type { Image, Task } from "../values/model";

/** An object as far as ECS looks at it. */
export interface OssObject {
  readonly key: string;
  /** Bytes. Default 1 GiB. */
  readonly size?: number;
  /** An archived object has to be restored before an import reads it. Default `Standard`. */
  readonly storageClass?: "Standard" | "IA" | "Archive" | "ColdArchive";
}

/** A bucket as far as ECS looks at it. */
export interface OssBucket {
  readonly name: string;
  readonly region: string;
  /** The keys that an import finds. Default: every key. */
  readonly objects?: readonly OssObject[];
  /** ECS's role may not use it: InvalidOSS.NotAuthorized. Default true. */
  readonly authorized?: boolean;
  /** Encrypted on the server: InvalidOSSBucket.EncryptUnsupported. Default false. */
  readonly encrypted?: boolean;
}

/** What an export left in a bucket. */
export interface ExportedObject {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly taskId: string;
  /** A cancelled export's leftover. */
  readonly partial: boolean;
}

/**
 * The side of OSS that ECS sees. As long as no bucket is declared, every bucket and every object is there; from the
 * first declared bucket on, only declared buckets are.
 */
export class Oss {
  private readonly buckets = new Map<string, OssBucket>();
  private readonly written: ExportedObject[] = [];
  private changed: ExportedObject[] = [];
  /** By name, since when each is there. */
  private roles: ReadonlyMap<string, number> | undefined;

  constructor(private readonly now: () => number = () => 0) {}

  declare(bucket: OssBucket): void {
    this.buckets.set(bucket.name, bucket);
  }

  /** What exports have left, in the order of time. */
  get exports(): readonly ExportedObject[] {
    return this.written;
  }

  get declared(): readonly OssBucket[] {
    return [...this.buckets.values()];
  }

  /** Puts back what a state file held. */
  restore(object: ExportedObject): void {
    this.written.push(object);
  }

  /** The RAM roles that ECS may take; undefined: every role is there. */
  setRoles(names: readonly string[] | undefined): void {
    const before = this.roles;
    // The first that are named were there all along; what is added later is new.
    this.roles = names && new Map(names.map((name) => [name, before ? (before.get(name) ?? this.now()) : -Infinity]));
  }

  /** Refuses a role that isn't set up. */
  checkRole(name: string, { roleCode: code, roleDelay }: { readonly roleCode: string; readonly roleDelay: number }): void {
    const since = this.roles ? this.roles.get(name) : -Infinity;
    if (since === undefined || this.now() - since < roleDelay)
      throw new ApiError(403, code, `ECS is not authorized to assume the role "${name}"; set up the role for the ECS service first.`);
  }

  /** Refuses a bucket that ECS can't use in this region. */
  checkBucket(name: string, region: string): void {
    if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) {
      throw new ApiError(400, "InvalidOSSBucket.Malformed", `The specified OSSBucket "${name}" is malformed.`);
    }
    if (this.buckets.size === 0) return;
    const bucket = this.buckets.get(name);
    if (!bucket || bucket.region !== region) {
      throw new ApiError(400, "InvalidOSSBucket.NotFound", "The specified OSS bucket does not exist in this region.");
    }
    if (bucket.authorized === false)
      throw new ApiError(403, "InvalidOSS.NotAuthorized", "ECS is not authorized to use the specified OSS bucket.");
    if (bucket.encrypted)
      throw new ApiError(403, "InvalidOSSBucket.EncryptUnsupported", "The specified OSS bucket is encrypted, which is not supported.");
  }

  /** Refuses an object that ECS can't import. */
  checkObject(bucketName: string, key: string): void {
    const objects = this.buckets.get(bucketName)?.objects;
    if (!objects) return;
    const exported = this.written.some((object) => object.bucket === bucketName && object.key === key && !object.partial);
    const object = objects.find((candidate) => candidate.key === key) ?? (exported ? { key } : undefined);
    if (!object) throw new ApiError(400, "InvalidOSSObject.NotFound", "The specified OSS object does not exist.");
    if (object.size === 0) throw new ApiError(400, "InvalidOSSObject.Size", "The specified OSS object is empty.");
    if (object.storageClass === "Archive" || object.storageClass === "ColdArchive") {
      throw new ApiError(400, "InvalidOSSObject.NeedRestore", "The specified OSS object is archived and has to be restored first.");
    }
  }

  /** Writes a finished export's objects. */
  exported(task: Task, image: Image | undefined): void {
    if (!task.oss) return;
    const { object, dataStem, suffix } = task.oss;
    this.write(task, object, false);
    for (const disk of image?.disks ?? []) {
      if (disk.type === "data") this.write(task, `${dataStem}${disk.device.replace("/dev/", "")}${suffix}`, false);
    }
  }

  /** Writes what a cancelled export leaves, where it leaves anything. */
  partial(task: Task): void {
    if (task.oss) this.write(task, task.oss.object, true);
  }

  /** What was written since this was last called. */
  takeChanged(): ExportedObject[] {
    const { changed } = this;
    this.changed = [];
    return changed;
  }

  private write(task: Task, key: string, partial: boolean): void {
    const object = { bucket: task.oss!.bucket, key, region: task.region, taskId: task.id, partial };
    this.written.push(object);
    this.changed.push(object);
  }
}
