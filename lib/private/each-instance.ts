import { Fn, Lazy, ref, TerraformIterator, Token, type TerraformResource } from "cdktf";
import { startKeyOf, START_KEY_LIMIT } from "./start-key";

/** The length of `-` and the beginning of a SHA-256, or a number. */
const SUFFIX = 17;

/**
 * The start key of an operation: the given one, or the construct's path. If a resource has several instances, each needs its own
 * start key, or one would take over what another started. This is decided only at synth, because `forEach` may be set on the
 * resource after its construction.
 */
export function startKeyFor(operation: () => TerraformResource, path: string, given: string | undefined): string {
  if (given !== undefined && Token.isUnresolved(given)) return given;
  return Lazy.stringValue({
    produce: () => {
      const { forEach, count } = operation();
      const base = startKeyOf(given ?? path, START_KEY_LIMIT - SUFFIX);
      // A key of the list may be longer than a start key, or contain characters that a start key cannot.
      if (forEach) return `${base}-${Fn.substr(Fn.sha256(Token.asString(ref("each.key"))), 0, 16)}`;
      if (count !== undefined) return `${base}-${Token.asString(ref("count.index"))}`;
      return given ?? startKeyOf(path);
    },
  });
}

/** The id of the operation that an instance of the completion waits for. */
export function operationIdFor(operation: TerraformResource & { readonly id: string }): string {
  return Lazy.stringValue({
    produce: () => {
      if (operation.forEach) return Token.asString(ref("each.value.id"));
      if (operation.count !== undefined)
        return Token.asString(ref(`${operation.terraformResourceType}.${operation.friendlyUniqueId}[count.index].id`));
      return operation.id;
    },
  });
}

/** Gives the completion as many instances as its operation, unless it sets that itself. */
export function followInstances(completion: TerraformResource, operation: TerraformResource): void {
  follow(completion, "forEach", () => operation.forEach && TerraformIterator.fromResources(operation));
  follow(completion, "count", () => operation.count);
}

function follow<K extends "forEach" | "count">(completion: TerraformResource, name: K, derive: () => TerraformResource[K]): void {
  let own = completion[name];
  Object.defineProperty(completion, name, {
    configurable: true,
    enumerable: true,
    get: () => own ?? derive(),
    set: (value: TerraformResource[K]) => (own = value),
  });
}
