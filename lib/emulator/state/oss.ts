import { ApiError } from "../protocol/api-error";
import type { Image, Task } from "../values/model";

/** The properties of an OSS object that ECS checks. */
export interface OssObject {
  readonly key: string;
  /** In bytes. Default 1 GiB. */
  readonly size?: number;
  /** ImportImage refuses an object of the class Archive or ColdArchive. Default `Standard`. */
  readonly storageClass?: "Standard" | "IA" | "Archive" | "ColdArchive";
}

/** The properties of a bucket that ECS checks. */
export interface OssBucket {
  readonly name: string;
  readonly region: string;
  /** The objects that ImportImage finds. Default: every object. */
  readonly objects?: readonly OssObject[];
  /** False: ECS has no access to the bucket and answers InvalidOSS.NotAuthorized. Default true. */
  readonly authorized?: boolean;
  /** True: the bucket is encrypted, so ECS answers InvalidOSSBucket.EncryptUnsupported. Default false. */
  readonly encrypted?: boolean;
}

/** An object that an export wrote to a bucket. */
export interface ExportedObject {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly taskId: string;
  /** True if the export was cancelled and left the object incomplete. */
  readonly partial: boolean;
}

/**
 * OSS as ECS sees it. Until you declare the first bucket, every bucket and every object exists. From then on, only declared
 * buckets exist.
 */
export class Oss {
  private readonly buckets = new Map<string, OssBucket>();
  private readonly written: ExportedObject[] = [];
  private changed: ExportedObject[] = [];
  /** The roles by name, each with its creation time. Undefined: every role exists. */
  private roles: ReadonlyMap<string, number> | undefined;

  constructor(private readonly now: () => number = () => 0) {}

  declare(bucket: OssBucket): void {
    this.buckets.set(bucket.name, bucket);
  }

  /** The objects that exports wrote, oldest first. */
  get exports(): readonly ExportedObject[] {
    return this.written;
  }

  get declared(): readonly OssBucket[] {
    return [...this.buckets.values()];
  }

  /** Adds an object from the state file. */
  restore(object: ExportedObject): void {
    this.written.push(object);
  }

  /** Sets the RAM roles that ECS can assume. Undefined: every role. */
  setRoles(names: readonly string[] | undefined): void {
    const before = this.roles;
    // The roles of the first call have always existed. Roles that later calls add are new.
    this.roles = names && new Map(names.map((name) => [name, before ? (before.get(name) ?? this.now()) : -Infinity]));
  }

  /** Throws an ApiError if ECS can't assume the role. */
  checkRole(name: string, { roleCode: code, roleDelay }: { readonly roleCode: string; readonly roleDelay: number }): void {
    const since = this.roles ? this.roles.get(name) : -Infinity;
    if (since === undefined || this.now() - since < roleDelay)
      throw new ApiError(
        403,
        code,
        `ECS is not authorized to assume the role "${name}". Create the role, and let the ECS service assume it.`,
      );
  }

  /** Throws an ApiError if ECS can't use the bucket in this region. */
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

  /** Throws an ApiError if ECS can't import the object. */
  checkObject(bucketName: string, key: string): void {
    const objects = this.buckets.get(bucketName)?.objects;
    if (!objects) return;
    const exported = this.written.some((object) => object.bucket === bucketName && object.key === key && !object.partial);
    const object = objects.find((candidate) => candidate.key === key) ?? (exported ? { key } : undefined);
    if (!object) throw new ApiError(400, "InvalidOSSObject.NotFound", "The specified OSS object does not exist.");
    if (object.size === 0) throw new ApiError(400, "InvalidOSSObject.Size", "The specified OSS object is empty.");
    if (object.storageClass === "Archive" || object.storageClass === "ColdArchive") {
      throw new ApiError(400, "InvalidOSSObject.NeedRestore", "The specified OSS object is archived. Restore it first.");
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

  /** Writes the incomplete object that a cancelled export leaves. */
  partial(task: Task): void {
    if (task.oss) this.write(task, task.oss.object, true);
  }

  /** The objects written since the last call of this method. */
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
