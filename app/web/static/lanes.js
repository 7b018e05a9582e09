/** @file Lanes of the timeline for pages whose address does not follow the view: loads what is in view, and zooms. */

import { Latest, get, problemBox } from "./api.js";
import { el, replace } from "./dom.js";
import { legend } from "./legend.js";
import { eventDays, parseDay, rangeText, within } from "./scale.js";
import { Timeline } from "./timeline.js";
import { when } from "./words.js";

const BESIDE = 0.4; // how much is loaded on either side, of what is in view
const ROOM = 0.03;

export class Lanes {
  #latest = new Latest();
  #all = null;

  /**
   * @param {HTMLElement} node that it fills
   * @param {URLSearchParams} asked what /v1/timeline/window is asked, but for the days
   * @param {{open: (id: string) => void, lane: (value: string) => void}} on what an event and a lane's name lead to
   */
  constructor(node, asked, on) {
    this.node = node;
    this.asked = asked;
    this.plot = el("div", { class: "lanes" });
    this.range = el("p", { class: "chart-range", role: "status" });
    this.trouble = el("div", { class: "notice problem", role: "alert", hidden: true });
    const button = (label, text, click) => el("button", { type: "button", "aria-label": label, title: label, onclick: click }, text);
    const buttons = [
      button("Zoom out", "−", () => this.timeline.zoom(2)),
      button("Zoom in", "+", () => this.timeline.zoom(0.5)),
      button("Show all days", "All", () => this.all()),
    ];
    replace(node, el("div", { class: "chart-head" }, this.range, el("div", { class: "choices" }, buttons)), this.trouble, this.plot, legend());
    node.querySelector("details").open = false;
    node.hidden = false;
    this.timeline = new Timeline(this.plot, { ...on, move: (view) => this.#tell(view), settle: (view) => this.#load(view), all: () => this.all() });
  }

  /** Shows the days that were asked for, or else all there are; gives the number of events in the fullest lane. */
  async load() {
    const found = await this.#ask(this.asked);
    if (!found) return 0;
    this.#all = viewOf(found, this.asked.has("datetime"));
    this.plot.classList.add("loaded");
    this.timeline.show(found.lanes, this.#all, this.asked.get("by") ?? "actor");
    this.#tell(this.#all);
    return Math.max(0, ...found.lanes.map((lane) => lane.count));
  }

  /** Shows all days again. */
  all() {
    if (this.#all) this.timeline.goTo(this.#all);
  }

  async #load(view) {
    const more = (view.to - view.from) * BESIDE;
    const asked = new URLSearchParams(this.asked);
    asked.set("datetime", rangeText(within(view.from - more, view.to + more)));
    const found = await this.#ask(asked);
    if (found) this.timeline.show(found.lanes);
  }

  async #ask(asked) {
    try {
      const found = await this.#latest.run((signal) => get("v1/timeline/window", asked, { signal }));
      this.trouble.hidden = true;
      return found;
    } catch (problem) {
      replace(this.trouble, problemBox(problem, () => this.load()));
      this.trouble.hidden = false;
      return undefined;
    }
  }

  #tell(view) {
    this.range.textContent = when(rangeText(view));
  }
}

/** The days asked for; else those of all events where they are shown one by one, or of the months that hold some. */
function viewOf(found, isAsked) {
  const days = isAsked ? [] : found.lanes.flatMap((lane) => (lane.unit ? [] : lane.events.filter((event) => event.first_day && event.last_day).map(eventDays)));
  if (found.first_day && !days.length) days.push([parseDay(found.first_day), parseDay(found.last_day) + 1]);
  if (!days.length) return within(parseDay("2020-01-01"), parseDay("2026-01-01"));
  const [from, to] = [Math.min(...days.map(([first]) => first)), Math.max(...days.map(([, last]) => last))];
  const room = isAsked ? 0 : Math.max(2, (to - from) * ROOM);
  return within(from - room, to + room);
}
