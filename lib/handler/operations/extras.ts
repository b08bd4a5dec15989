import { BATCH } from "../task/watch/fetch";
import type { EcsGateway } from "../task/gateway";
import type { ListedOperation } from "./list-region";

/** The most calls for details that are only nice to have: the names of images without our tag, and the progress of exports. */
const EXTRA_CALLS = 8;

/** Adds the details of running operations that take further calls. If a call fails, or no more are allowed, they stay unknown. */
export async function withExtras(
  gateway: Pick<EcsGateway, "describeTaskAttribute" | "describeImages">,
  found: readonly ListedOperation[],
): Promise<readonly ListedOperation[]> {
  const extras = new Map<ListedOperation, Partial<ListedOperation>>();
  let calls = EXTRA_CALLS;
  const running = found.filter(({ state, operation }) => state === "running" && operation.taskId !== null);
  for (const listed of running.filter(({ operation, progress }) => operation.kind === "export" && progress === null)) {
    if (calls-- <= 0) break;
    const { region, taskId } = listed.operation;
    const details = await gateway.describeTaskAttribute(region, taskId!).catch(() => null);
    extras.set(listed, { progress: details?.progress ?? null });
  }
  const unnamed = running.filter(({ name, operation }) => name === null && operation.imageId !== null);
  for (const region of new Set(unnamed.map(({ operation }) => operation.region))) {
    if (calls-- <= 0) break;
    const here = unnamed.filter(({ operation }) => operation.region === region);
    // A single image is fetched by its id; of several, those on the first page are found.
    const imageId = here.length === 1 ? here[0].operation.imageId! : undefined;
    const { items } = await gateway.describeImages(region, { imageId, pageSize: BATCH }).catch(() => ({ items: [] }));
    for (const listed of here) {
      const image = items.find((item) => item.imageId === listed.operation.imageId);
      const progress = listed.operation.kind === "export" ? {} : { progress: image?.progress ?? null };
      if (image) extras.set(listed, { ...extras.get(listed), name: image.name ?? null, ...progress });
    }
  }
  return found.map((listed) => ({ ...listed, ...extras.get(listed) }));
}
