import { EXPORT_TAG } from "../../../lib/contract/provider";
import { unmarkExport } from "../../../lib/handler/operations/marks";
import type { Tags } from "../../../lib/handler/task/gateway";
import { anExport, anImage, anImport, IMAGE, page, REGION, TASK } from "../../support/handler/builders";
import { resourceContext } from "../../support/handler/resource-context";

describe("the mark that an export leaves on its image", () => {
  async function unmarked(operation: ReturnType<typeof anExport>, tags: Tags) {
    const { context, clock, gateway } = resourceContext({ describeImages: [page(anImage({ tags }))], untagImage: [undefined] });
    await clock.runUntil(unmarkExport(context, operation));
    return gateway.of("untagImage");
  }

  test("is removed when the export has ended, even if another process set it", async () =>
    expect(await unmarked(anExport(), { [EXPORT_TAG]: `${TASK} - run-1 stack` })).toEqual([[REGION, IMAGE, [EXPORT_TAG]]]));

  test.each<[string, ReturnType<typeof anExport>, Tags]>([
    ["another export of the image set it", anExport(), { [EXPORT_TAG]: "t-other - run-1 stack" }],
    ["the image has none", anExport(), {}],
    ["the operation is an import", anImport(), { [EXPORT_TAG]: TASK }],
    ["the export's task id is unknown", anExport({ taskId: null }), { [EXPORT_TAG]: "" }],
  ])("is not removed if %s", async (_, operation, tags) => expect(await unmarked(operation, tags)).toEqual([]));

  test.each([
    ["set this mark", TASK, [[REGION, IMAGE, [EXPORT_TAG]]]],
    ["has marked the image for another export since", "t-other", []],
  ])("is decided without a read if this process %s", async (_, last, removed) => {
    const { context, gateway } = resourceContext({ untagImage: [undefined] });
    context.exportMarks.set(`${REGION}/${IMAGE}`, last);
    await unmarkExport(context, anExport());
    expect(gateway.of("untagImage")).toEqual(removed);
  });
});
