import { Lazy, TerraformElement, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { WATCH_ACTION } from "../contract/actions";

type Block = { readonly [name: string]: unknown };

/** The `action` block that shows how far an operation is, and the trigger that starts it. cdktf knows no actions yet. */
export class ProgressWatch extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly operation: TerraformResource,
  ) {
    super(scope, id);
    operation.addOverride("lifecycle.action_trigger", [
      {
        events: ["after_create"],
        actions: [Lazy.stringValue({ produce: () => `action.${WATCH_ACTION}.${this.friendlyUniqueId}${instance(this.block)}` })],
      },
    ]);
  }

  override toTerraform(): Block {
    const { for_each, count, provider } = this.block;
    const { terraformResourceType: type, friendlyUniqueId: name } = this.operation;
    const config = { operation_id: `\${${type}.${name}${instance(this.block)}.id}` };
    return { action: { [WATCH_ACTION]: { [this.friendlyUniqueId]: { for_each, count, provider, config } } } };
  }

  /** The operation's block, rendered anew each time, because `forEach` may be set at any time. */
  private get block(): Block {
    const { terraformResourceType: type, friendlyUniqueId: name } = this.operation;
    const { resource }: { readonly resource: { readonly [type: string]: { readonly [name: string]: Block } } } =
      this.operation.toTerraform();
    return resource[type][name];
  }
}

/** The index by which one block with `for_each` or `count` refers to the same instance of another such block. */
function instance({ for_each, count }: Block): string {
  if (for_each !== undefined) return "[each.key]";
  return count === undefined ? "" : "[count.index]";
}
