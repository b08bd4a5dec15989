import type { ValueObject } from "../../contract/values";
import { checkRegion } from "../../contract/rules/region";
import type { Identity } from "../../plugin/resource";
import type { Context } from "../context";
import { parseOperationId, type Operation } from "../task/operation";
import { text } from "./arguments";
import { importFound, ImportIdError } from "./start-import";
import type { StartKind } from "./start-kind";

/** A start resource is identified by its region and its image; an export, which makes no image, by its task. */
export function startIdentity(kind: StartKind, context: Context): Identity {
  return {
    schema: kind.identity,
    of(state) {
      const operation = parseOperationId(text(state["id"]) ?? "");
      return operation && identityOf(operation);
    },
    importState(identity) {
      const { defaultRegion } = context;
      const region = text(identity["region"]) ?? (typeof defaultRegion === "string" ? defaultRegion : null);
      const name = kind.kind === "export" ? "task_id" : "image_id";
      const id = text(identity[name]) ?? "";
      return importFound(kind, context, `${region ?? ""}/${id}`, async () => {
        if (region === null)
          throw new ImportIdError("Neither the identity nor the provider gives a region. Set region, e.g. to cn-hangzhou.");
        const finding = checkRegion(region, "region");
        if (finding) throw new ImportIdError(finding.detail);
        const prefix = kind.kind === "export" ? "t-" : "m-";
        if (!new RegExp(`^${prefix}[A-Za-z0-9._*-]+$`).test(id))
          throw new ImportIdError(
            `${name} is "${id}", which is not ${kind.kind === "export" ? "a task" : "an image"}'s id. Give an id that begins with ${prefix}.`,
          );
        return kind.importById(context, region, id);
      });
    },
  };
}

/** Null until ECS has returned the ids that identify the operation. */
export function identityOf({ kind, region, taskId, imageId }: Operation): ValueObject | null {
  if (kind === "export") return taskId === null ? null : { region, task_id: taskId };
  return imageId === null ? null : { region, image_id: imageId };
}
