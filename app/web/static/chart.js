/** @file The timeline with its histogram, buttons and legend: loads what is in view, and keeps the address at it. */

import { Latest, get, problemBox } from "./api.js";
import { el, replace, whileBusy } from "./dom.js";
import { Histogram, Range } from "./histogram.js";
import { legend } from "./legend.js";
import { parseDay, rangeText, within } from "./scale.js";
import { changed, filters, toggled } from "./state.js";
import { Timeline } from "./timeline.js";
import { when } from "./words.js";

const LANES = { actor: "Actors", kind: "Kinds of act", outlet: "Outlets", status: "Status" };
const MOST_LANES = 6;
const MOST_ITEMS = 500;
const BESIDE = 0.4; // how much is loaded on either side, of what is in view

export class Chart {
  #latest = new Latest();
  #latestCounts = new Latest();
  #own = null; // the view that the reader moved to, and how the address has it: null for all days
  #isMoving = false;
  #range = new Range();

  /** @param {HTMLElement} node @param {import("./state.js").State} state */
  constructor(node, state) {
    this.state = state;
    this.node = node;
    this.plot = el("div", { class: "lanes" });
    this.strip = el("div", { class: "histogram" });
    this.range = el("p", { class: "chart-range", role: "status" });
    this.trouble = el("div", { class: "notice problem", role: "alert", hidden: true });
    this.empty = el("p", { class: "chart-empty", hidden: true });
    this.by = el("div", { class: "choices", role: "group", "aria-label": "Lanes by" });
    const button = (label, text, click) => el("button", { type: "button", "aria-label": label, title: label, onclick: click }, text);
    const buttons = [
      button("Zoom out", "−", () => this.timeline.zoom(2)),
      button("Zoom in", "+", () => this.timeline.zoom(0.5)),
      button("Show all days", "All", () => this.all()),
    ];
    const head = el("div", { class: "chart-head" }, this.range, el("span", { class: "quiet" }, "Lanes"), this.by, el("div", { class: "choices" }, buttons));
    replace(node, head, this.trouble, this.strip, el("div", { class: "chart-plot" }, this.plot, this.empty), legend());
    node.hidden = false;
    this.timeline = new Timeline(this.plot, {
      move: (view) => this.#moved(view),
      settle: (view) => this.#settled(view),
      open: (id) => state.go(changed(state.query, { event: id })),
      all: () => this.all(),
      lane: (value) => state.go(toggled(state.query, this.#facet(state.query), value)),
    });
    this.histogram = new Histogram(this.strip, {
      move: (view) => this.timeline.look(view),
      settle: (view) => this.#settled(view),
    });
  }

  /** Shows what the query finds; `counts` says whether that differs beyond the days, `keep` that the view stays where it is. */
  async load(query, { counts = true, keep = false } = {}) {
    this.#choices(query);
    if (!this.#isMoving && this.#isOwn(query)) this.timeline.look(this.#own.view); // back or forth to where it was
    if (keep) this.#range = new Range(); // other years may hold events by now
    if (counts) whileBusy(this.strip, this.#count(query));
    try {
      const found = await whileBusy(this.plot, this.#latest.run((signal) => get("v1/timeline/window", this.#asked(query), { signal })));
      if (found) this.#show(found, query, keep);
    } catch (problem) {
      const isBare = !this.plot.classList.contains("loaded");
      this.node.hidden = [401, 403].includes(problem.status) || (problem.status === 422 && isBare);
      if ([401, 403, 422].includes(problem.status)) return; // the form or the list tells of it
      replace(this.trouble, problemBox(problem, () => this.load(query)));
      this.trouble.hidden = false;
    }
  }

  /** Shows all days there are. */
  all() {
    if (this.#range.extent) this.timeline.goTo(this.#range.extent);
  }

  /** Marks an event as the one that is open. */
  choose(id) {
    this.timeline.choose(id);
  }

  /** Draws anew, once the kinds of act are known. */
  recolour() {
    this.timeline.redraw();
  }

  #facet(query) {
    return query.get("by") ?? "actor";
  }

  #asked(query) {
    const asked = filters(query);
    asked.set("by", this.#facet(query));
    asked.set("lanes", MOST_LANES);
    asked.set("items", MOST_ITEMS);
    if (this.#isOwn(query)) {
      const { from, to } = this.#own.view;
      const more = (to - from) * BESIDE;
      const wider = within(from - more, to + more);
      if (this.#isAll(wider)) asked.delete("datetime");
      else asked.set("datetime", rangeText(wider));
    }
    return asked;
  }

  /** Whether a view holds all days that there are: of these the counts are kept, while a range must be counted. */
  #isAll({ from, to }) {
    const all = this.#range.extent;
    return all !== null && from <= all.from && to >= all.to;
  }

  #isOwn(query) {
    return this.#own !== null && query.get("datetime") === this.#own.text;
  }

  #show(found, query, keep) {
    this.trouble.hidden = true;
    this.node.hidden = !found.first_day && filters(query).size === 0; // nothing was read yet: the list says so
    this.plot.classList.add("loaded");
    this.timeline.show(found.lanes, keep || this.#isOwn(query) ? undefined : viewOf(found, query), this.#facet(query));
    this.#moved(this.timeline.view);
    this.empty.hidden = found.lanes.some((lane) => lane.count);
    this.#tellWhere();
    this.choose(query.get("event"));
  }

  async #count(query) {
    const asked = filters(query, ["datetime", "match"]);
    const buckets = await this.#latestCounts.run((signal) => this.#range.load(asked, signal)).catch(() => []);
    if (!buckets) return;
    this.strip.hidden = !this.#range.extent;
    if (this.#range.extent) this.histogram.show(buckets, this.#range.extent);
    this.#tellWhere();
  }

  /** Says in an empty timeline whether other days hold more. */
  #tellWhere() {
    const more = this.histogram.isEmpty ? null : "The strip above shows which days hold more.";
    replace(this.empty, el("strong", {}, more ? "Nothing in these days" : "Nothing to show"), more);
  }

  #moved(view) {
    this.histogram.look(view);
    this.range.textContent = when(rangeText(view));
  }

  #settled(view) {
    this.#own = { view, text: this.#isAll(view) ? null : rangeText(view) };
    this.#isMoving = true;
    this.state.go(changed(this.state.query, { datetime: this.#own.text, cursor: null }), { gesture: "view" });
    this.#isMoving = false;
  }

  #choices(query) {
    const go = (name) => this.state.go(changed(this.state.query, { by: name === "actor" ? null : name }));
    const chosen = this.#facet(query);
    const focused = this.by.contains(document.activeElement);
    replace(this.by, Object.entries(LANES).map(([name, title]) => el("button", { type: "button", "aria-pressed": name === chosen, onclick: () => go(name) }, title)));
    if (focused) this.by.querySelector('[aria-pressed="true"]')?.focus();
  }
}

/** The days that a query asks for; without any those of the months that hold events, with a little room beside them. */
function viewOf(found, query) {
  if (!found.first_day) return within(parseDay("2020-01-01"), parseDay("2026-01-01"));
  const [from, to] = [parseDay(found.first_day), parseDay(found.last_day) + 1];
  const room = query.get("datetime") ? 0 : (to - from) * 0.02;
  return within(from - room, to + room);
}
