import { TerraformCount, TerraformIterator, TerraformVariable } from "cdktf";
import { ImageImport } from "../lib";
import { emptyStack, resource } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

const diskDeviceMapping = [{ ossBucket: "my-bucket", ossObject: "x" }];

describe("a construct with forEach or count", () => {
  const listOf = (stack: ReturnType<typeof emptyStack>) =>
    TerraformIterator.fromList(new TerraformVariable(stack, "names", { type: "set(string)" }).listValue);
  const expected = {
    operation: { for_each: "${toset(var.names)}", start_key: "stack/web-${substr(sha256(each.key), 0, 16)}", image_name: "${each.value}" },
    completion: { for_each: expect.stringMatching(/^\$\{imagetask_import\.\w+\}$/) as string, operation_id: "${each.value.id}" },
  };

  test("with the prop forEach, operation and completion have one instance for each item, each with a different start key", () => {
    const stack = emptyStack();
    const names = listOf(stack);
    new ImageImport(stack, "web", { forEach: names, imageName: names.value as string, diskDeviceMapping });
    expect(resource(stack, "imagetask_import")).toMatchObject(expected.operation);
    expect(resource(stack, "imagetask_completion")).toMatchObject(expected.completion);
  });

  test("with forEach set on the operation afterwards, the result is the same", () => {
    const stack = emptyStack();
    const names = listOf(stack);
    const image = new ImageImport(stack, "web", { imageName: names.value as string, diskDeviceMapping });
    image.operation.forEach = names;
    expect(resource(stack, "imagetask_import")).toMatchObject(expected.operation);
    expect(resource(stack, "imagetask_completion")).toMatchObject(expected.completion);
  });

  test("with forEach and the operation's id set by hand on the completion, these values are kept", () => {
    const stack = emptyStack();
    const names = listOf(stack);
    const image = new ImageImport(stack, "web", { imageName: names.value as string, diskDeviceMapping });
    image.operation.forEach = names;
    const each = TerraformIterator.fromResources(image.operation);
    image.completion.forEach = each;
    image.completion.operationId = each.getString("id");
    expect(resource(stack, "imagetask_import")).toMatchObject(expected.operation);
    expect(resource(stack, "imagetask_completion")).toMatchObject({
      for_each: expected.completion.for_each,
      operation_id: expect.stringContaining("each.value") as string,
    });
  });

  test("with count as a number or a variable, operation and completion have that count, and each start has a different key", () => {
    for (const count of [2, undefined]) {
      const stack = emptyStack();
      new ImageImport(stack, "web", {
        count: count ?? TerraformCount.of(new TerraformVariable(stack, "n", { type: "number" }).numberValue),
        diskDeviceMapping,
      });
      const [operation, completion] = [resource(stack, "imagetask_import"), resource(stack, "imagetask_completion")];
      expect(operation).toMatchObject({ count: count ?? "${var.n}", start_key: "stack/web-${count.index}" });
      expect(completion["count"]).toEqual(operation["count"]);
      expect(completion["operation_id"]).toMatch(/^\$\{imagetask_import\.\w+\[count\.index\]\.id\}$/);
    }
  });

  test("a start key that is set gets a different end for each instance, and keeps within 128 characters", () => {
    const stack = emptyStack();
    new ImageImport(stack, "web", { forEach: listOf(stack), startKey: "k".repeat(128), diskDeviceMapping });
    const key = String(resource(stack, "imagetask_import")["start_key"]);
    expect(key.indexOf("${") + 16).toBeLessThanOrEqual(128);
    expect(key).toContain("sha256(each.key)");
  });

  test("without both there is one operation, with the path as its start key", () => {
    const stack = emptyStack();
    new ImageImport(stack, "web", { diskDeviceMapping });
    expect(resource(stack, "imagetask_completion")).not.toHaveProperty("for_each");
    expect(resource(stack, "imagetask_import")["start_key"]).toBe("stack/web");
  });
});
