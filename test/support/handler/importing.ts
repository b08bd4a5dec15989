import type { ImageStart } from "../../../lib/handler/task/start/image-start";
import { startImage } from "../../../lib/handler/task/start/start-image";
import type { Scripts } from "./gateway";
import { details, IMAGE, importRequest, page, REGION, FINGERPRINT, TASK } from "./builders";
import { type Starting } from "./start";

export const IDS = { taskId: TASK, imageId: IMAGE };
const ASKED = { fingerprint: FINGERPRINT, asked: "an import of disks/web.raw" };
/** A start that ECS answers with a new task. */
export const fresh: Scripts = { describeImages: [page()], importImage: [IDS], describeTaskAttribute: [details()] };

/** Starts an import as the start resource does. */
export function importing(start: Starting, over: Partial<ImageStart> = {}) {
  const request = importRequest();
  return startImage(
    {
      kind: "import",
      region: REGION,
      request,
      ...ASKED,
      call: (token) => start.gateway.importImage(REGION, request, token),
      matches: (image) => image.name === "web",
      ...over,
    },
    start.deps,
    start.options,
  );
}
