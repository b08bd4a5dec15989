import { TerraformCount, TerraformIterator, TerraformVariable } from "cdktf";
import { ImageExport, ImageImport, ImageTaskPipeline, ImageTaskProvider } from "../lib";
import { emptyStack, resource, synth } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

const diskDeviceMapping = [{ ossBucket: "my-bucket", ossObject: "x" }];

interface Written {
  readonly action?: { readonly imagetask_watch: { readonly [name: string]: object } };
}
const actions = (stack: ReturnType<typeof emptyStack>) => (synth(stack) as Written).action?.imagetask_watch;

describe("showProgress", () => {
  test("is off by default, as Terraform before 1.14 would refuse the stack", () => {
    const stack = emptyStack();
    new ImageImport(stack, "web", { diskDeviceMapping });
    expect(actions(stack)).toBeUndefined();
    expect(resource(stack, "imagetask_import")).not.toHaveProperty("lifecycle");
  });

  test("writes an action for the operation, and adds its trigger to the lifecycle", () => {
    const stack = emptyStack();
    const image = new ImageImport(stack, "web", { diskDeviceMapping, showProgress: true });
    image.operation.lifecycle = { preventDestroy: true };
    const [name, action] = Object.entries(actions(stack)!)[0]!;
    expect(action).toEqual({ config: { operation_id: expect.stringMatching(/^\$\{imagetask_import\.web_\w+\.id\}$/) as string } });
    expect(resource(stack, "imagetask_import")).toMatchObject({
      lifecycle: { prevent_destroy: true, action_trigger: [{ events: ["after_create"], actions: [`action.imagetask_watch.${name}`] }] },
    });
    expect(resource(stack, "imagetask_import")).not.toHaveProperty("show_progress");
  });

  test("gives the action the provider of the operation", () => {
    const stack = emptyStack();
    const provider = new ImageTaskProvider(stack, "other", { alias: "other", region: "cn-beijing" });
    new ImageExport(stack, "out", { imageId: "m-1", ossBucket: "my-bucket", showProgress: true, provider });
    expect(Object.values(actions(stack)!)).toMatchObject([{ provider: "imagetask.other" }]);
  });

  test("gives the action the forEach, also if it is set afterwards, or the count of the operation", () => {
    const stack = emptyStack();
    const names = TerraformIterator.fromList(new TerraformVariable(stack, "names", { type: "set(string)" }).listValue);
    const image = new ImageImport(stack, "web", { diskDeviceMapping, showProgress: true });
    image.operation.forEach = names;
    const [name, action] = Object.entries(actions(stack)!)[0]!;
    expect(action).toEqual({
      for_each: "${toset(var.names)}",
      config: { operation_id: expect.stringMatching(/^\$\{imagetask_import\.\w+\[each\.key\]\.id\}$/) as string },
    });
    expect(JSON.stringify(resource(stack, "imagetask_import"))).toContain(`"action.imagetask_watch.${name}[each.key]"`);

    const counted = emptyStack();
    new ImageImport(counted, "web", { diskDeviceMapping, showProgress: true, count: TerraformCount.of(2) });
    expect(Object.values(actions(counted)!)).toMatchObject([
      { count: 2, config: { operation_id: expect.stringContaining("[count.index].id") as string } },
    ]);
  });

  test("can be set for all steps of a pipeline and changed for one", () => {
    const stack = emptyStack();
    new ImageTaskPipeline(stack, "golden", {
      import: { diskDeviceMapping, region: "cn-hangzhou", showProgress: false },
      copies: [{ region: "cn-beijing" }],
      exports: [{ ossBucket: "my-bucket" }],
      defaults: { showProgress: true },
    });
    expect(
      JSON.stringify(actions(stack))
        .match(/imagetask_(import|copy|export)(?=\.)/g)!
        .sort(),
    ).toEqual(["imagetask_copy", "imagetask_export"]);
  });
});
