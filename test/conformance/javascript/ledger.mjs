import { setTimeout as sleep } from "node:timers/promises";
import { EVERY_STATUS } from "./ecs.mjs";

/**
 * What the run has started. An entry is made *before* its call, so that a start whose answer was lost is found again by the image's name or,
 * for an export, by its image.
 */
export class Ledger {
  entries = [];

  constructor({ ecs, destination, config }) {
    Object.assign(this, { ecs, destination, config });
  }

  /**
   * Makes a start and remembers it: `{kind: "import" | "export" | "copy", name?, image?}`, to which the call's ids are added. A start that
   * ECS refused is forgotten; one whose answer was lost isn't.
   */
  async start(entry, call) {
    this.entries.push(entry);
    try {
      return Object.assign(entry, await call());
    } catch (error) {
      if (error.code !== undefined && error.status !== undefined && error.status < 500) this.forget(entry);
      throw error;
    }
  }

  forget(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
  }

  /** Brings one entry to an end, and leaves nothing of it but an exported object. */
  async settle(entry) {
    if (entry.kind === "copy") await this.removeCopy(entry);
    else await this.endTask(entry);
    if (entry.kind === "import") await this.removeImage(this.ecs, entry);
    this.forget(entry);
  }

  /** Settles all that is left, then whatever else bears the run's prefix; gives what could not be brought to an end. */
  async settleAll() {
    const left = [];
    for (const entry of [...this.entries].reverse())
      await this.settle(entry).catch((error) => left.push(`${describe(entry)}: ${error.message}`));
    for (const [ecs, kind] of [[this.ecs, "import"], ...(this.destination ? [[this.destination, "copy"]] : [])]) {
      const images = await find(ecs, this.config.prefix).catch((error) => left.push(`images of ${ecs.region}: ${error.message}`) && []);
      for (const { id, name } of images.filter((image) => image.name.startsWith(this.config.prefix))) {
        await this.settle({ kind, name, image: id }).catch((error) => left.push(`${kind} ${id}: ${error.message}`));
      }
    }
    return left;
  }

  async endTask(entry) {
    if (entry.kind === "import") entry.image ??= (await find(this.ecs, entry.name)).find((image) => image.name === entry.name)?.id;
    if (!entry.image) return;
    entry.task ??= (await this.running(entry))?.id;
    if (!entry.task) return;
    await this.untilDone(`the task ${entry.task} to end`, async () => {
      const [task] = (await this.ecs.describeTasks({ ids: [entry.task] })).tasks;
      if (!task || !["Waiting", "Processing"].includes(task.status)) return true;
      return (await codeOf(this.ecs.cancelTask(entry.task))) === "InvalidTaskId.NotFound";
    });
  }

  async running({ kind, image }) {
    const taskAction = kind === "import" ? "ImportImage" : "ExportImage";
    const { tasks } = await this.ecs.describeTasks({ resourceIds: [image], taskAction });
    return tasks.find((task) => ["Waiting", "Processing"].includes(task.status));
  }

  async removeCopy(entry) {
    entry.image ??= (await find(this.destination, entry.name)).find((image) => image.name === entry.name)?.id;
    if (!entry.image) return;
    await codeOf(this.destination.cancelCopyImage(entry.image));
    await this.removeImage(this.destination, entry);
  }

  /** Deletes until it is gone: a deletion is refused while a task winds down, and a copy that can't be cancelled has to end first. */
  async removeImage(ecs, { image }) {
    if (!image) return;
    await this.untilDone(`the image ${image} to go`, async () => {
      if ((await ecs.describeImages({ ids: [image], status: EVERY_STATUS })).total === 0) return true;
      await codeOf(ecs.deleteImage(image));
      return false;
    });
  }

  async untilDone(what, look) {
    const end = Date.now() + this.config.cleanupMs;
    for (;;) {
      try {
        if (await look()) return;
      } catch (error) {
        // A connection that failed, or an answer that is no refusal, is no reason to leave something running.
        if (String(error.code).startsWith("Forbidden") || Date.now() > end) throw error;
      }
      if (Date.now() > end) throw new Error(`waited ${this.config.cleanupMs / 1000} s for ${what}; look in the console`);
      await sleep(this.config.pollMs);
    }
  }
}

/** The images whose name holds a text. */
async function find(ecs, imageName) {
  return (await ecs.describeImages({ imageName, status: EVERY_STATUS, imageOwnerAlias: "self", pageSize: 100 })).images;
}

/** The code of a refusal that a later look decides upon; a right that is missing is thrown. */
async function codeOf(call) {
  try {
    await call;
  } catch (error) {
    if (error.code === undefined || error.code.startsWith("Forbidden")) throw error;
    return error.code;
  }
  return undefined;
}

function describe({ kind, name, task, image }) {
  return [kind, name, task, image].filter(Boolean).join(" ");
}
