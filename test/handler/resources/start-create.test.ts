import { copyKind } from "../../../lib/handler/resources/copy";
import { createStart } from "../../../lib/handler/resources/start-create";
import { ecsError, IMAGE, page, REGION } from "../../support/handler/builders";
import { resourceContext } from "../../support/handler/resource-context";

test("a copy of an image that another copy is reading until timeouts.create has passed fails, and the error says how to wait for that copy", async () => {
  const { context, clock, gateway } = resourceContext({
    describeImages: [page()],
    copyImage: [ecsError("in-use", { action: "CopyImage", code: "OperationDenied.ImageCopying" })],
  });
  const planned = { region: "cn-beijing", source_region: REGION, image_id: IMAGE, image_name: "far", timeouts: { create: "25m" } };

  const request = { planned, config: planned, private: Buffer.alloc(0) };
  const { state, diagnostics } = await clock.runUntil(createStart(copyKind, context, request), 3_600_000);

  expect(state).toBeNull();
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics![0]!.detail).toMatch(/OperationDenied\.ImageCopying[^]*timeouts\.create \(25m\)[^]*imagetask_copy[^]*depends_on/);
  expect(gateway.of("copyImage").length).toBeGreaterThan(200);
});
