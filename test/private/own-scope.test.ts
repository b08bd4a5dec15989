import { App, TerraformStack } from "cdktf";
import { ImageCopy, ImageExport, ImageImport, ImageTaskPipeline, ImageTaskProvider, ImageTaskReaper, ImageTaskRoles } from "../../lib";
import { emptyStack } from "../synth";

/** cdktn's stacks have cdktf's mark, but another jsii name. */
class StackOfCdktn extends TerraformStack {}
Object.defineProperty(StackOfCdktn, Symbol.for("jsii.rtti"), { value: { fqn: "cdktn.TerraformStack", version: "0.24.0" } });
class UsersStack extends StackOfCdktn {}

test.each<[string, new (scope: TerraformStack, id: string, props: never) => unknown]>(
  Object.entries({ ImageCopy, ImageExport, ImageImport, ImageTaskPipeline, ImageTaskProvider, ImageTaskReaper, ImageTaskRoles }),
)("%s in a cdktn stack is refused with the name of the package to install", (_, Construct) => {
  expect(() => new Construct(new UsersStack(new App(), "web"), "image", {} as never)).toThrow(
    "[web] Stack of another library: The stack is a cdktn stack, but this package, cdktf-alicloud-image-tasks, works with cdktf. Install cdktn-alicloud-image-tasks and import from it instead.",
  );
});

test("a stack class derived from cdktf's is accepted, whatever its jsii name", () => {
  class Derived extends TerraformStack {}
  Object.defineProperty(Derived, Symbol.for("jsii.rtti"), { value: { fqn: "my-lib.Derived" } });
  expect(ImageTaskProvider.of(new Derived(new App(), "web"))).toBeInstanceOf(ImageTaskProvider);
  expect(ImageTaskProvider.of(emptyStack())).toBeInstanceOf(ImageTaskProvider);
});
