import { Skipped } from "../suite.mjs";

const PAGE = 10;
const PAGES = 5;

/** Checks that only read. */
export const reading = [
  { name: "describe-regions", run: describeRegions },
  { name: "describe-images", run: describeImages },
  { name: "image-id-list", run: imageIdList },
  { name: "describe-tasks-paging", run: describeTasksPaging },
];

async function describeRegions({ ecs, config, saw, expect }) {
  const regions = await ecs.describeRegions();
  saw(`${regions.length} regions`);
  expect(regions.includes(config.region), `${config.region} among them`);
}

async function describeImages({ ecs, known, saw, fact, expect }) {
  const { total, page, size, images } = await ecs.describeImages({ pageNumber: 1, pageSize: PAGE });
  known.images = images.map((image) => image.id);
  saw(`${images.length} of ${total} images`);
  expect(page === 1 && size === PAGE, `page 1 of ${PAGE} as asked for, not page ${page} of ${size}`);
  expect(images.length === Math.min(total, PAGE), `a full page, or all`);
  expect(
    images.every((image) => image.id && image.status === "Available"),
    "none but Available ones when no Status is asked for",
  );
  const order = orderOf(images.filter((image) => image.owner === "self").map((image) => image.created));
  if (order) fact("images.order", order);
}

async function imageIdList({ ecs, known, saw, fact, refusal }) {
  if (!known.images || known.images.length < 2) throw new Skipped("there are no two images in this region");
  const ids = known.images.slice(0, 2);
  const refused = await refusal(ecs.describeImages({ ids }).then(({ total }) => (known.listed = total)));
  saw(refused?.text ?? `${known.listed} found of 2 ids joined by a comma`);
  fact("image.idList", !refused && known.listed === 2);
}

async function describeTasksPaging({ ecs, saw, fact, expect }) {
  const tasks = [];
  let total;
  for (let pageNumber = 1; pageNumber <= PAGES && (total === undefined || tasks.length < total); pageNumber += 1) {
    const page = await ecs.describeTasks({ pageNumber, pageSize: PAGE });
    expect(
      page.page === pageNumber && page.size === PAGE,
      `page ${pageNumber} of ${PAGE} as asked for, not page ${page.page} of ${page.size}`,
    );
    total = page.total;
    tasks.push(...page.tasks);
    if (page.tasks.length === 0) break;
  }
  const oldest = tasks.map((task) => task.created).sort()[0];
  saw(
    tasks.length === 0
      ? "no tasks in this region"
      : `${tasks.length} of ${total} tasks: ${counts(tasks.map((task) => `${task.action} ${task.status}`))}; the oldest from ${oldest}`,
  );
  expect(new Set(tasks.map((task) => task.id)).size === tasks.length, "no task on two pages");
  expect(tasks.length === Math.min(total, PAGE * PAGES), "as many tasks as TotalCount says");
  for (const [name, value] of factsOf(tasks)) fact(name, value);
}

/** The facts in a list of tasks. */
function* factsOf(tasks) {
  const order = orderOf(tasks.map((task) => task.created));
  if (order) yield ["task.order", order];
  for (const { id, action, status, created, finished } of tasks) {
    yield ["task.seconds", /T\d\d:\d\d:\d\d/.test(created)];
    if (["Waiting", "Processing"].includes(status)) yield ["task.unfinishedTime", unfinishedTime(created, finished)];
    if (["Deleted", "Cancelled", "Canceled"].includes(status)) yield ["afterCancel.task", status];
    if (status === "Failed") yield ["task.failedStatus", status];
    if (action === "ExportImage") yield ["task.exportIdPrefix", id.replace(/-.*/, "-")];
  }
}

export function unfinishedTime(created, finished) {
  if (finished === undefined || finished === null) return "absent";
  return finished === "" ? "empty" : finished === created ? "creation" : finished;
}

/** Whether times descend or ascend; undefined if they are all equal. */
function orderOf(times) {
  const steps = new Set(times.slice(1).map((time, index) => Math.sign(Date.parse(time) - Date.parse(times[index]))));
  steps.delete(0);
  if (steps.size === 0) return undefined;
  return steps.size === 2 ? "neither" : steps.has(-1) ? "newestFirst" : "oldestFirst";
}

function counts(texts) {
  const by = new Map();
  for (const text of texts) by.set(text, (by.get(text) ?? 0) + 1);
  return [...by].map(([text, count]) => `${count} ${text}`).join(", ");
}
