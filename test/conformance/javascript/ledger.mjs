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
   * Starts an operation and records it: `{kind: "import" | "export" | "copy", name?, image?}`, to which the call's ids are added. A start
   * that ECS refused is removed from the record; one whose answer was lost is not.
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

  /** Ends the operation of one entry and deletes everything that it made, except an exported object. */
  async settle(entry) {
    if (entry.kind === "copy") await this.removeCopy(entry);
    else await this.endTask(entry);
    if (entry.kind === "import") await this.removeImage(this.ecs, entry);
    this.forget(entry);
  }

  /** Ends all operations that are left, then all others with the run's prefix; returns those that could not be ended. */
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

  /** Deletes until the image is gone: ECS refuses it while a task is ending, and a copy that cannot be cancelled must end first. */
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
        // After a failed connection or an unexpected answer, the operation must still be ended.
        if (String(error.code).startsWith("Forbidden") || Date.now() > end) throw error;
      }
      if (Date.now() > end) throw new Error(`waited ${this.config.cleanupMs / 1000} s for ${what}; look in the console`);
      await sleep(this.config.pollMs);
    }
  }
}

/** The images whose name contains a text. */
async function find(ecs, imageName) {
  return (await ecs.describeImages({ imageName, status: EVERY_STATUS, imageOwnerAlias: "self", pageSize: 100 })).images;
}

/** The code of a refusal, which the caller checks later; a missing right is thrown. */
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
