import { EXPORT_TAG } from "../../../lib/contract/provider";
import { Context } from "../../../lib/handler/context";
import { unmarkExport } from "../../../lib/handler/operations/marks";
import type { Settings } from "../../../lib/handler/settings";
import type { Tags } from "../../../lib/handler/task/gateway";
import { anExport, anImage, anImport, IMAGE, page, REGION, TASK } from "../../support/handler/builders";
import { FakeClock } from "../../support/handler/clock";
import { fakeGateway } from "../../support/handler/gateway";

describe("the mark that an export leaves on its image", () => {
  async function unmarked(operation: ReturnType<typeof anExport>, tags: Tags) {
    const clock = new FakeClock();
    const gateway = fakeGateway({ describeImages: [page(anImage({ tags }))], untagImage: [undefined] });
    const context = new Context(
      clock,
      () => 0.5,
      () => undefined,
    );
    context.configure({ defaultTags: {} } as unknown as Settings, gateway);
    await clock.runUntil(unmarkExport(context, operation));
    return gateway.of("untagImage");
  }

  test("goes with the export, whichever process left it", async () =>
    expect(await unmarked(anExport(), { [EXPORT_TAG]: `${TASK} - run-1 stack` })).toEqual([[REGION, IMAGE, [EXPORT_TAG]]]));

  test.each<[string, ReturnType<typeof anExport>, Tags]>([
    ["another export of the image left it", anExport(), { [EXPORT_TAG]: "t-other - run-1 stack" }],
    ["there is none", anExport(), {}],
    ["the operation is an import", anImport(), { [EXPORT_TAG]: TASK }],
    ["the task is not known", anExport({ taskId: null }), { [EXPORT_TAG]: "" }],
  ])("is left alone where %s", async (_, operation, tags) => expect(await unmarked(operation, tags)).toEqual([]));

  test.each([
    ["set this mark", TASK, [[REGION, IMAGE, [EXPORT_TAG]]]],
    ["has marked the image for another export since", "t-other", []],
  ])("is not read where this process %s", async (_, last, removed) => {
    const gateway = fakeGateway({ untagImage: [undefined] });
    const context = new Context(
      new FakeClock(),
      () => 0.5,
      () => undefined,
    );
    context.configure({ defaultTags: {} } as unknown as Settings, gateway);
    context.exportMarks.set(`${REGION}/${IMAGE}`, last);
    await unmarkExport(context, anExport());
    expect(gateway.of("untagImage")).toEqual(removed);
  });
});
