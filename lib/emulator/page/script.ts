/** The live page's script: looks once a second by the admin API, and puts everything in as text. */
export const SCRIPT = `
"use strict";
const at = (id) => document.getElementById(id);
const ask = async (path, init) => {
  const response = await fetch("/_admin" + path, init);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
};
const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const code = (text) => make("code", { textContent: text });
const cell = (...children) => make("td", {}, ...children);
const none = (text, columns) => make("tr", {}, make("td", { className: "none", colSpan: columns, textContent: text }));

function showTasks(tasks) {
  const rows = tasks.map((task) => {
    const state = task.outcome ?? "running";
    const bar = make("div", { className: "bar", title: Math.round(task.progress * 100) + " %" }, make("i"));
    bar.firstChild.style.width = Math.max(2, task.progress * 100) + "%";
    const cancel = make("button", { textContent: "Cancel", onclick: () => ask("/tasks/" + encodeURIComponent(task.id), { method: "DELETE" }).then(look, tell) });
    return make("div", { className: "task " + state }, make("span", { textContent: task.action }), code(task.id), bar, make("span", { textContent: task.status }), state === "running" ? cancel : make("span"));
  });
  at("tasks").replaceChildren(...(rows.length ? rows : [make("p", { className: "none", textContent: "None yet. Start an import, an export or a copy against this address." })]));
}

function showImages(images) {
  const rows = images.map((image) => make("tr", {}, cell(code(image.id)), cell(image.name), cell(image.region), cell(image.status)));
  at("images").tBodies[0].replaceChildren(...(rows.length ? rows : [none("None.", 4)]));
}

function showCalls(calls) {
  const rows = calls.map((call) => {
    const { TaskId, TaskIds, ImageId, ImageName } = call.params;
    const { status, code: error, fault } = call.outcome;
    const outcome = (status || "no answer") + (error ? " " + error : "") + (fault ? " (fault)" : "");
    const about = TaskId ?? TaskIds ?? ImageId ?? ImageName ?? "";
    return make("tr", {}, cell(new Date(call.at).toLocaleTimeString()), cell(call.action), cell(call.region), cell(code(about.length > 40 ? about.slice(0, 39) + "…" : about)), make("td", { className: status === 200 ? "" : "refused", textContent: outcome }));
  });
  at("calls").tBodies[0].replaceChildren(...(rows.length ? rows : [none("None yet.", 5)]));
}

const CHOICES = { "afterCancel.task": ["Deleted", "Failed", "Cancelled", "Finished", "notFound"], "afterCancel.image": ["gone", "CreateFailed", "UnAvailable"], "cancel.second": ["IncorrectTaskStatus", "ok", "CancelTaskFailed"], "image.deleteUnknown": ["error", "ok"] };

function showSwitches(behaviour) {
  const labels = Object.entries(behaviour).flatMap(([group, values]) =>
    Object.entries(values).flatMap(([name, value]) => {
      const path = group + "." + name;
      const set = (chosen) => ask("/behaviour", { method: "PATCH", headers: { "content-type": "application/json" }, body: JSON.stringify({ [group]: { [name]: chosen } }) }).catch(tell);
      if (typeof value === "boolean") return make("label", { textContent: path }, make("input", { type: "checkbox", checked: value, onchange: (event) => set(event.target.checked) }));
      if (typeof value === "number") return make("label", { textContent: path }, make("input", { type: "number", value, onchange: (event) => set(Number(event.target.value)) }));
      const choices = CHOICES[path];
      if (!choices) return [];
      return make("label", { textContent: path }, make("select", { onchange: (event) => set(event.target.value) }, ...choices.map((text) => make("option", { textContent: text, selected: text === value }))));
    }),
  );
  at("switches").replaceChildren(...labels);
}

const tell = (error) => (at("counts").textContent = error.message);

async function look() {
  try {
    const [state, { tasks }, { images }, { calls }] = await Promise.all([ask("/state"), ask("/tasks?last=30"), ask("/images?last=30"), ask("/calls?last=25")]);
    const { started, running, finished, failed, cancelled } = state.tasks;
    at("counts").textContent = started + " tasks started: " + running + " running, " + finished + " finished, " + failed + " failed, " + cancelled + " cancelled · " + state.images + " images";
    showTasks(tasks);
    showImages(images);
    showCalls(calls);
  } catch (error) {
    tell(new Error("The emulator does not answer: " + error.message));
  }
}
look();
setInterval(look, 1000);
ask("/behaviour").then((behaviour) => showSwitches(behaviour.behaviour ?? behaviour), tell);
`;
