/**
 * The live page's script. It reads the admin API once a second, and updates rows in place so that progress bars move smoothly
 * and buttons stay under the pointer. It inserts everything as text.
 */
export const SCRIPT = `
"use strict";
const at = (id) => document.getElementById(id);

async function ask(path, method = "GET", body) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const response = await fetch("/_admin" + path, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function make(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

function set(element, name, value) {
  if (element[name] !== value) element[name] = value;
}

/** Shows one row per item, in the order of the items. Keeps the rows that exist. */
function list(id, items, keyOf, create, update) {
  const parent = at(id);
  const old = new Map([...parent.children].map((row) => [row.dataset.key, row]));
  items.forEach((item, index) => {
    const key = keyOf(item);
    let row = old.get(key);
    if (!row) {
      row = create(item);
      row.dataset.key = key;
    }
    old.delete(key);
    update(row, item);
    if (parent.children[index] !== row) parent.insertBefore(row, parent.children[index] ?? null);
  });
  for (const row of old.values()) row.remove();
  at(id + "-none").hidden = items.length > 0;
}

/** The stack that a task or image belongs to, from its stack tag or else from the first part of the start key's path. */
function stackOf(tags) {
  return tags["imagetask:stack"] ?? (tags["imagetask:start_key"]?.includes("/") ? tags["imagetask:start_key"].split("/")[0] : "");
}

function duration(ms) {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return seconds + " s";
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? minutes + " min " + (seconds % 60) + " s" : Math.floor(minutes / 60) + " h " + (minutes % 60) + " min";
}

function newTask({ id, action, region }) {
  const cancel = make("button", { type: "button", textContent: "Cancel", onclick: () => act(ask("/tasks/" + encodeURIComponent(id), "DELETE")) });
  cancel.setAttribute("aria-label", "Cancel task " + id);
  const bar = make("div", { className: "bar" }, make("i"));
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-label", action + " " + id);
  const what = make("span", { className: "what" }, make("b", { textContent: action }), make("small", { textContent: region }));
  const ids = make("span", { className: "ids" }, make("b"), make("code", { textContent: id }));
  return make("div", {}, what, ids, make("span", { className: "stack" }), bar, make("span", { className: "left" }), make("span", { className: "badge" }), cancel);
}

function updateTask(row, task) {
  const [, ids, stack, bar, left, badge, cancel] = row.children;
  const state = task.outcome ?? (task.cancelAcceptedAt ? "cancelling" : task.startedAt ? "running" : "waiting");
  const done = Math.round(task.progress * 100);
  set(ids.firstChild, "textContent", task.imageName || task.imageId);
  set(ids.firstChild, "title", ids.firstChild.textContent);
  set(stack, "textContent", stackOf(task.tags));
  set(stack, "title", "stack " + stack.textContent);
  set(row, "className", "task " + state);
  bar.firstChild.style.width = done + "%";
  bar.setAttribute("aria-valuenow", done);
  set(left, "textContent", done + " %" + (state === "running" && task.timeLeft !== undefined ? ", " + duration(task.timeLeft) + " left" : ""));
  set(badge, "textContent", state === "cancelling" ? "Cancelling" : task.status);
  set(cancel, "hidden", !(state === "running" || state === "waiting"));
}

function newImage({ id, name, region }) {
  return make("tr", {}, make("td", {}, make("code", { textContent: id })), make("td", { className: "name", textContent: name, title: name }), make("td", { className: "stack" }), make("td", { textContent: region }), make("td", {}, make("span", { className: "badge" })));
}

function updateImage(row, { name, status, tags }) {
  set(row.cells[1], "textContent", name);
  set(row.cells[2], "textContent", stackOf(tags));
  const badge = row.cells[4].firstChild;
  set(badge, "textContent", status);
  set(badge, "className", "badge " + ({ Available: "finished", CreateFailed: "failed", UnAvailable: "failed", Deprecated: "cancelled" }[status] ?? "running"));
}

const clockTime = (at) => new Date(at).toLocaleTimeString([], { hour12: false });

function newCall() {
  return make("tr", {}, make("td"), make("td"), make("td"), make("td", { className: "name" }, make("code")), make("td", {}, make("span")));
}

/** Consecutive reads share one row, which shows their number. */
function updateCall(row, { call, first, count, actions }) {
  const { at: time, region, params, outcome } = call;
  const { status, code, fault } = outcome;
  const about = count > 1 ? "since " + clockTime(first.at) : params.TaskId ?? params.TaskIds ?? params.ImageId ?? params.ImageName ?? "";
  const [when, what, where, which, how] = row.cells;
  set(row, "className", count > 1 ? "reads" : "");
  set(when, "textContent", clockTime(time));
  set(what, "textContent", actions.join(", ") + (count > 1 ? " \u00d7 " + count : ""));
  set(where, "textContent", region);
  set(which, "title", about);
  set(which.firstChild, "textContent", about);
  set(how.firstChild, "className", "badge " + (status === 200 ? "finished" : "failed"));
  set(how.firstChild, "textContent", (status || "no answer") + (code ? " " + code : "") + (fault ? " (fault)" : ""));
}

function showCounts({ tasks, images }) {
  const counts = [[tasks.running, "running", "running"], [tasks.finished, "finished", "finished"], [tasks.failed, "failed", "failed"], [tasks.cancelled, "cancelled", "cancelled"], [images, images === 1 ? "image" : "images", ""]];
  const texts = counts.map(([count, word]) => count + " " + word);
  const shown = at("counts");
  if (shown.children.length === 0) shown.append(...counts.map(([, , style]) => make("span", { className: "count " + style })));
  texts.forEach((text, index) => set(shown.children[index], "textContent", text));
}

/** The input for a switch, which depends on its choices or its value. Only the admin API can set lists. */
function control(path, value, choices, change) {
  if (choices) return make("select", { onchange: (event) => change(choices[event.target.selectedIndex]) }, ...choices.map((choice) => make("option", { textContent: choice, selected: choice === value })));
  if (typeof value === "boolean") return make("input", { type: "checkbox", checked: value, onchange: (event) => change(event.target.checked) });
  if (typeof value !== "number" && value !== null) return undefined;
  return make("input", { type: "number", min: 0, value: value ?? "", placeholder: "no limit", onchange: (event) => change(event.target.value === "" ? null : Number(event.target.value)) });
}

async function showSwitches() {
  const { choices, lists } = JSON.parse(at("choices").textContent);
  const behaviour = await ask("/behaviour");
  const groups = Object.entries(behaviour).map(([group, values]) => {
    const labels = Object.entries(values).flatMap(([name, value]) => {
      const path = group + "." + name;
      const change = (chosen) => act(ask("/behaviour", "PATCH", { [group]: { [name]: chosen } }).catch((error) => showSwitches().then(() => Promise.reject(error))));
      const shown = lists.includes(path) ? undefined : control(path, value, choices[path], change);
      if (!shown) return [];
      shown.name = path;
      return [make("label", {}, make("span", { textContent: name }), shown)];
    });
    return make("fieldset", {}, make("legend", { textContent: group }), ...labels);
  });
  at("switches").replaceChildren(...groups);
}

function tell(text) {
  set(at("notice"), "textContent", text);
  set(at("notice"), "hidden", text === "");
}

/** Carries out a click. An error stays on the page until the next click. */
async function act(doing) {
  try {
    await doing;
    failure = "";
  } catch (error) {
    failure = error.message;
  }
  tell(failure);
  await refresh();
}

let failure = "";

async function refresh() {
  try {
    const [state, { tasks }, { images }, { calls }] = await Promise.all([ask("/state"), ask("/tasks?last=30"), ask("/images?last=30"), ask("/calls?fold=25")]);
    showCounts(state);
    list("tasks", tasks, (task) => task.id, newTask, updateTask);
    list("images", images, (image) => image.region + "/" + image.id, newImage, updateImage);
    list("calls", calls, ({ first }) => first.requestId, newCall, updateCall);
    tell(failure || (state.problem ?? ""));
  } catch (error) {
    tell("The emulator does not answer: " + error.message);
  }
}

async function watch() {
  if (!document.hidden) await refresh();
  setTimeout(watch, 1000);
}

document.addEventListener("visibilitychange", () => document.hidden || refresh());
at("switches").parentElement.addEventListener("toggle", () => showSwitches().catch((error) => tell(error.message)));
showSwitches().catch((error) => tell(error.message));
// The token is in the cookie now. Remove it from the address, which browsers store and bystanders can read.
if (location.search) history.replaceState(null, "", "/");
watch();
`;
