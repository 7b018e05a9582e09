/** @file The explorer: joins the state of the address with the form, the facets, the list and the panel. */

import { problemBox } from "./api.js";
import { Arrivals } from "./arrivals.js";
import { Chart } from "./chart.js";
import { Chips } from "./chips.js";
import { byId, replace } from "./dom.js";
import { Facets } from "./facets.js";
import * as kinds from "./kinds.js";
import { List } from "./list.js";
import { Live } from "./live.js";
import { Panel } from "./panel.js";
import { offerEmbedding } from "./snippet.js";
import { State, address, changed, filters, toggled } from "./state.js";
import { Suggestions } from "./suggest.js";

const FIELDS = ["q", "datetime", "as_of"];
const VIEW = ["event", "by", "cursor", "limit"]; // what changes nothing of what is found
const LIST = [...VIEW, "sort"]; // what changes nothing beside the list

const state = new State();
const form = byId("ask");
const sort = byId("sort");
const list = new List(state, tell);
const chips = new Chips(state);
const facets = new Facets(state, (names) => chips.learn(names));
const panel = new Panel(state);
const chart = new Chart(byId("chart"), state);

/** Shows what the query finds, wherever it differs from what is shown. */
function show(query, names) {
  const differs = (...without) => [...names].some((name) => !without.includes(name));
  if (differs(...VIEW)) {
    fill(query);
    byId("ask-error").hidden = true;
    for (const name of FIELDS) form.elements[name].removeAttribute("aria-invalid");
    list.load(query);
  }
  if (differs(...LIST)) facets.load(query, { isMove: !differs(...LIST, "datetime") });
  if (differs(...LIST) || names.has("by")) chart.load(query, { counts: differs(...LIST, "datetime") });
  if (names.has("event")) {
    panel.load(query.get("event"));
    list.choose(query.get("event"));
    chart.choose(query.get("event"));
  }
}

/** Writes the query into the form, the chips and the links. */
function fill(query) {
  for (const name of FIELDS) form.elements[name].value = query.get(name) ?? "";
  chips.show(query);
  for (const link of byId("downloads").querySelectorAll("a")) {
    const asked = filters(query);
    asked.set("f", new URL(link.href).searchParams.get("f"));
    link.href = `v1/events?${asked}`;
  }
  const isLatest = query.get("sort") === "-date";
  sort.textContent = isLatest ? "Earliest first" : "Latest first";
  sort.href = address(changed(query, { sort: isLatest ? null : "-date", cursor: null }));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const given = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim() || null]));
  state.go(changed(state.query, { ...given, cursor: null, event: null }));
});

sort.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  state.go(new URLSearchParams(new URL(sort.href).search));
});

new Suggestions(({ id, name }) => {
  chips.learn(new Map([[id, name]]));
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
chart.load(state.query);
facets.load(state.query);
offerEmbedding(state);
if (state.query.get("event")) panel.load(state.query.get("event"));
if (byId("closed")) list.load(state.query); // the server shows it nothing: a token may
await kinds.load().catch(() => undefined); // without them all are of one colour
list.colour();
chart.recolour();
const arrivals = new Arrivals(list, state);
new Live(state, (ids) => {
  arrivals.look(ids);
  facets.load(state.query);
  chart.load(state.query, { keep: true });
});
