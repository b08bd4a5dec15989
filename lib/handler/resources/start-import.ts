import { blankBlock } from "../../contract/schema";
import type { StateResult } from "../../plugin/resource";
import type { Context } from "../context";
import { parseOperationId, type Operation } from "../task/operation";
import { toDiagnostic } from "./diagnostics";
import { notConfigured } from "./not-configured";
import { writePrivate } from "./private-data";
import { issueDiagnostic, nameOperation, type StartKind } from "./start-kind";

/** `terraform import` by an operation's id, or by the region and the id of a task or an image. */
export async function importStart(kind: StartKind, context: Context, id: string): Promise<StateResult> {
  const known = parseOperationId(id);
  const match = /^([a-z]{2}[a-z0-9-]*)[:/]([A-Za-z0-9._*-]+)$/.exec(id);
  return importFound(kind, context, id, async () => {
    if (known?.kind === kind.kind) return known;
    if (match) return kind.importById(context, match[1], match[2]);
    throw new ImportIdError(
      `"${id}" is not the id of ${kind.kind === "copy" ? "a copy" : `an ${kind.kind}`}. Give the region and the id of the task or the image, e.g. cn-hangzhou/${kind.kind === "copy" ? "m-bp67acfmxazb4p****" : "t-bp198jigq7l0h5ac****"}.`,
    );
  });
}

/** The import's id is malformed. */
export class ImportIdError extends Error {
  override readonly name = "ImportIdError";
}

/**
 * The first state of an imported operation.
 *
 * @param named its name in messages
 */
export async function importFound(kind: StartKind, context: Context, named: string, find: () => Promise<Operation>): Promise<StateResult> {
  if (context.pending) return notConfigured(`"${named}" cannot be imported at plan`, "Or import it in a later run.", context.pending);
  try {
    const operation = await find();
    return {
      state: {
        ...blankBlock(kind.schema.block),
        ...(await kind.importedArguments?.(context, operation)),
        ...nameOperation(kind, operation),
        region: operation.region,
      },
      private: writePrivate({ imported: true }),
    };
  } catch (error) {
    if (error instanceof ImportIdError)
      return { state: null, diagnostics: [issueDiagnostic({ path: [], summary: "Invalid import id", detail: error.message })] };
    return { state: null, diagnostics: [toDiagnostic(`Importing ${kind.type} failed`, error, kind.errorPaths)] };
  }
}
