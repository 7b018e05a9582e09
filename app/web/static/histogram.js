/** @file How many events there are when, over the whole range, with a brush on it that says which part is shown. */

import { get } from "./api.js";
import { el, replace, svg } from "./dom.js";
import { bucketDays, civil, rangeText, within } from "./scale.js";
import { when } from "./words.js";

const HEIGHT = 46;
const MOST_MONTH_YEARS = 40;
const HANDLE = 6;
const HANDLE_TOP = 9;
const LEAST_BRUSH = 4;
const KEY_SHARE = 0.02;

/** The whole range of a store, and what is counted over it. */
export class Range {
  /** The days from the first year that holds events to the end of the last, whatever is filtered; null without any. */
  extent = null;
  #years = null;

  /**
   * The buckets under these filters: years, or months where the whole range has few of them; beside months also, as wide ones,
   * the events of which only the year is known.
   * @param {URLSearchParams} asked
   */
  async load(asked, signal) {
    this.#years ??= await get("v1/histogram", withUnit(new URLSearchParams(), "year"), { signal });
    const [first, last] = [this.#years.buckets[0], this.#years.buckets.at(-1)];
    if (!first) return [];
    this.extent = { from: bucketDays(first.date)[0], to: bucketDays(last.date)[1] };
    const years = asked.size ? (await get("v1/histogram", withUnit(asked, "year"), { signal })).buckets : this.#years.buckets;
    if (!years.length || Number(last.date) - Number(first.date) >= MOST_MONTH_YEARS) return years;
    const months = (await get("v1/histogram", withUnit(asked, "month"), { signal })).buckets;
    const held = new Map();
    for (const { date, count } of months) held.set(date.slice(0, 4), (held.get(date.slice(0, 4)) ?? 0) + count);
    const wide = years.map(({ date, count }) => ({ date, count: count - (held.get(date) ?? 0) })).filter((one) => one.count > 0);
    return [...wide, ...months];
  }
}

function withUnit(asked, unit) {
  const query = new URLSearchParams(asked);
  query.set("unit", unit);
  return query;
}

export class Histogram {
  #buckets = [];
  #drag = null;

  /** @param {HTMLElement} node @param {object} on `move(view)` while it is drawn, `settle(view)` when it rests */
  constructor(node, on) {
    this.on = on;
    this.extent = null;
    this.view = null;
    this.bars = svg("g", { class: "histogram-bars" });
    this.brush = svg("rect", { class: "brush", y: 0, height: HEIGHT });
    this.ends = ["from", "to"].map((end) => this.#handle(end));
    this.picture = svg("svg", { height: HEIGHT, role: "group", "aria-label": "Events over the whole range" }, this.bars, this.brush, this.ends);
    this.words = el("div", { class: "histogram-words quiet" }, el("span"), el("span"));
    replace(node, this.picture, this.words);
    new ResizeObserver(() => this.#draw()).observe(node);
    this.picture.addEventListener("pointerdown", (event) => this.#begin(event));
    this.picture.addEventListener("pointermove", (event) => this.#pull(event));
    this.picture.addEventListener("pointerup", () => this.#end());
    this.picture.addEventListener("pointercancel", () => this.#end());
  }

  /** Shows buckets, and over them the part that is in view. */
  show(buckets, extent) {
    this.#buckets = buckets;
    this.extent = extent;
    this.#draw();
  }

  get isEmpty() {
    return this.#buckets.length === 0;
  }

  look(view) {
    this.view = view;
    this.#place();
  }

  #handle(end) {
    const name = end === "from" ? "First day shown" : "Last day shown";
    const node = svg("rect", { class: "handle", width: HANDLE, y: HANDLE_TOP, height: HEIGHT - 2 * HANDLE_TOP, rx: 3, tabindex: 0, role: "slider", "aria-label": name, "aria-orientation": "horizontal", "aria-valuenow": 0 });
    node.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
      if (!step || !this.view) return;
      event.preventDefault();
      const days = Math.max(1, Math.round((this.extent.to - this.extent.from) * KEY_SHARE)) * step;
      this.#go({ ...this.view, [end]: this.view[end] + days });
      this.on.settle(this.view);
    });
    return node;
  }

  get #width() {
    return this.picture.clientWidth || this.picture.getBoundingClientRect().width;
  }

  #x(day) {
    return ((day - this.extent.from) / (this.extent.to - this.extent.from)) * this.#width;
  }

  #day(event) {
    const box = this.picture.getBoundingClientRect();
    return this.extent.from + ((event.clientX - box.left) / box.width) * (this.extent.to - this.extent.from);
  }

  #draw() {
    if (!this.extent || !this.#width) return;
    const most = Math.max(1, ...this.#buckets.map((bucket) => bucket.count));
    replace(
      this.bars,
      this.#buckets.map(({ date, count }) => {
        const [from, to] = bucketDays(date);
        const tall = Math.max(2, (count / most) * (HEIGHT - 4));
        const x = this.#x(from);
        return svg("rect", { x, y: HEIGHT - tall, width: Math.max(1.5, this.#x(to) - x - 0.5), height: tall }, svg("title", {}, `${when(date)}: ${count}`));
      }),
    );
    this.words.children[0].textContent = civil(this.extent.from).year;
    this.words.children[1].textContent = civil(this.extent.to - 1).year;
    this.#place();
  }

  #place() {
    if (!this.extent || !this.view || !this.#width) return;
    let [from, to] = [this.view.from, this.view.to].map((day) => Math.min(Math.max(this.#x(day), 0), this.#width));
    if (to - from < LEAST_BRUSH) [from, to] = [(from + to - LEAST_BRUSH) / 2, (from + to + LEAST_BRUSH) / 2];
    this.brush.setAttribute("x", from);
    this.brush.setAttribute("width", to - from);
    const days = rangeText(this.view).split("/");
    const [least, most] = [this.extent.from, this.extent.to].map(Math.floor);
    this.ends.forEach((node, at) => {
      const now = Math.floor(at ? this.view.to : this.view.from);
      const place = at ? to - (HANDLE / 2 - 2) : from - (HANDLE / 2 + 2);
      const said = { x: place, "aria-valuemin": Math.min(least, now), "aria-valuemax": Math.max(most, now), "aria-valuenow": now, "aria-valuetext": when(days[at]) };
      Object.entries(said).forEach(([name, value]) => node.setAttribute(name, value));
    });
  }

  #begin(event) {
    if (!this.extent || event.button !== 0) return;
    const day = this.#day(event);
    const end = this.ends.indexOf(event.target);
    if (end >= 0) this.#drag = { still: end === 0 ? this.view.to : this.view.from };
    else if (event.target === this.brush && this.#covers() < 0.98) this.#drag = { carried: day, view: this.view };
    else this.#drag = { still: day };
    this.picture.setPointerCapture(event.pointerId);
  }

  /** The share of the whole range that is in view: a brush over all of it is not carried, but drawn anew. */
  #covers() {
    return this.view ? (this.view.to - this.view.from) / (this.extent.to - this.extent.from) : 0;
  }

  #pull(event) {
    if (!this.#drag) return;
    const day = this.#day(event);
    const { still, carried, view } = this.#drag;
    this.#drag.moved = true;
    if (view) this.#go({ from: view.from + day - carried, to: view.to + day - carried });
    else this.#go({ from: Math.min(still, day), to: Math.max(still, day) });
  }

  #end() {
    if (this.#drag?.moved) this.on.settle(this.view);
    this.#drag = null;
  }

  #go({ from, to }) {
    this.view = within(Math.min(from, to), Math.max(from, to));
    this.#place();
    this.on.move(this.view);
  }
}
