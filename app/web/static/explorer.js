/** @file The explorer: joins the state of the address with the form, the facets, the list and the panel. */

import { problemBox } from "./api.js";
import { Chart } from "./chart.js";
import { byId, el, replace } from "./dom.js";
import { Facets } from "./facets.js";
import * as kinds from "./kinds.js";
import { List } from "./list.js";
import { Panel } from "./panel.js";
import { SEVERAL, State, address, changed, filters, toggled } from "./state.js";
import { Suggestions } from "./suggest.js";

const FIELDS = ["q", "datetime", "as_of"];
const VIEW = ["event", "by", "cursor", "limit"]; // what changes nothing of what is found

const state = new State();
const list = new List(state, tell);
const facets = new Facets(state);
const panel = new Panel(state);
const chart = new Chart(byId("chart"), state);
const form = byId("ask");

/** Shows what the query finds, wherever it differs from what is shown. */
function show(query, names) {
  const found = [...names].some((name) => !VIEW.includes(name));
  if (found) {
    fill(query);
    byId("ask-error").hidden = true;
    for (const name of FIELDS) form.elements[name].removeAttribute("aria-invalid");
    list.load(query);
    facets.load(query);
  }
  if (found || names.has("by")) chart.load(query, { counts: [...names].some((name) => !VIEW.includes(name) && name !== "datetime") });
  if (names.has("event")) {
    panel.load(query.get("event"));
    list.choose(query.get("event"));
    chart.choose(query.get("event"));
  }
}

/** Writes the query into the form, the chips and the links. */
function fill(query) {
  for (const name of FIELDS) form.elements[name].value = query.get(name) ?? "";
  const chips = SEVERAL.flatMap((name) => query.getAll(name).map((value) => chip(name, value)));
  const some = filters(query).size > 0;
  replace(byId("chips"), chips, some && el("button", { type: "button", class: "plain", onclick: () => state.go(new URLSearchParams()) }, "Clear all"));
  for (const link of byId("tools").querySelectorAll("a")) {
    const asked = filters(query);
    asked.set("f", new URL(link.href).searchParams.get("f"));
    link.href = `v1/events?${asked}`;
  }
}

function chip(name, value) {
  const remove = () => state.go(toggled(state.query, name, value));
  return el("button", { type: "button", class: "chip", "aria-label": `Take away ${name} ${value}`, onclick: remove }, el("span", { class: "quiet" }, name), el("bdi", {}, names.get(value) ?? value));
}

const names = new Map();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const given = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim() || null]));
  state.go(changed(state.query, { ...given, cursor: null, event: null }));
});

new Suggestions(({ id, name }) => {
  names.set(id, name);
  state.go(changed(toggled(state.query, "actor", id), { q: null, event: null }));
});

/** Tells what is wrong above the timeline, and marks the fields at fault. */
function tell(problem) {
  replace(byId("ask-error"), problemBox(problem, () => location.reload()));
  byId("ask-error").hidden = false;
  const wrong = (problem.errors ?? []).map((one) => one.parameter);
  for (const name of FIELDS) form.elements[name].setAttribute("aria-invalid", wrong.includes(name));
}

addEventListener("unhandledrejection", (event) => tell(event.reason));

state.listen(show);
fill(state.query);
await kinds.load();
list.colour();
chart.load(state.query);
if (state.query.get("event")) panel.load(state.query.get("event"));
if (document.body.dataset.closed !== undefined) list.load(state.query);
facets.load(state.query);
