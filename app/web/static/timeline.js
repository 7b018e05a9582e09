/** @file The timeline: lanes of events on a canvas. It shows what it is given, and tells what the reader does with it. */

import { el, replace } from "./dom.js";
import { AXIS, draw, style } from "./draw.js";
import { Glide } from "./glide.js";
import { listen } from "./input.js";
import { ROW, hit, layOut } from "./layout.js";
import { within } from "./scale.js";
import { certainty, counted, when } from "./words.js";

const HINT = "Arrow keys move and zoom, N and P go from event to event, Enter opens, Home shows all. The same events are in the list below.";
const LEAST_HEIGHT = 90;
const TIP_PX = 290;
const NAME_PX = 16; // of a lane's name that stands above its events, as on phones

export class Timeline {
  #widths = new Map();
  #frame = 0;
  #pointed = null;
  #chosen = null;
  #tallest = 0; // of this gesture: the page below does not jump while the view moves
  #glide = new Glide((view) => this.#move(view.from, view.to));

  /**
   * @param {HTMLElement} node that it fills
   * @param {object} on `move(view)` while the view moves, `settle(view)` when it rests, `open(id)`, `all()`, `lane(value)`
   */
  constructor(node, on) {
    this.on = on;
    this.lanes = [];
    this.by = "actor";
    this.view = within(0, 365);
    this.canvas = el("canvas", { tabindex: 0, role: "application", "aria-label": "Timeline", "aria-describedby": "timeline-hint" });
    this.labels = el("div", { class: "lane-names" });
    this.tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
    this.said = el("p", { class: "visually-hidden", role: "status" });
    this.plot = el("div", { class: "plot" }, this.canvas, this.tip);
    replace(node, this.labels, this.plot, el("p", { class: "visually-hidden", id: "timeline-hint" }, HINT), this.said);
    this.context = this.canvas.getContext("2d");
    this.#restyle();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#restyle());
    new ResizeObserver(() => this.redraw()).observe(this.plot);
    listen(this.canvas, {
      zoom: (factor, x) => this.#zoom(factor, x),
      pan: (pixels) => this.#pan(pixels),
      settle: () => this.#settle(),
      click: (x, y) => this.#click(x, y),
      point: (x, y) => this.#point(x, y),
      leave: () => this.#point(-1, -1),
      step: (direction) => this.#step(direction),
      open: () => this.#pointed && this.on.open(this.#pointed),
      all: () => this.on.all(),
      glidePan: (pixels) => this.#glideTo((view, perPixel) => within(view.from + pixels * perPixel, view.to + pixels * perPixel)),
      glideZoom: (factor) => this.#glideTo((view) => zoomed(view, factor, (view.from + view.to) / 2)),
    });
  }

  /**
   * Shows lanes of /v1/timeline/window.
   * @param {object[]} lanes
   * @param {{from: number, to: number}} [view] days
   * @param {string} [by] what the lanes are of
   */
  show(lanes, view = this.view, by = this.by) {
    if (view !== this.view) this.#glide.stop();
    Object.assign(this, { lanes, view, by });
    this.#tallest = 0;
    this.redraw();
  }

  /** Marks an event as the one that is open. */
  choose(id) {
    this.#chosen = id;
    this.redraw();
  }

  /** Zooms by a factor about the middle, as the buttons do. */
  zoom(factor) {
    this.#glideTo((view) => zoomed(view, factor, (view.from + view.to) / 2));
    this.#settle();
  }

  /** Goes to a view, and tells that it rests there. */
  goTo(view) {
    this.#glideTo(() => within(view.from, view.to));
    this.#settle();
  }

  /** Moves the view; what is loaded already is drawn at once. */
  look(view) {
    this.#glide.stop();
    this.view = within(view.from, view.to);
    this.redraw();
  }

  redraw() {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  get width() {
    return this.plot.clientWidth;
  }

  /** Draws at once what waits for the next frame. */
  #drawNow() {
    if (!this.#frame) return;
    cancelAnimationFrame(this.#frame);
    this.#draw();
  }

  #draw() {
    this.#frame = 0;
    if (!this.width) return;
    const began = performance.now();
    this.layout = layOut(this.lanes, this.view, this.width, (text) => this.#measure(text), this.labels.clientHeight ? 0 : NAME_PX);
    this.#tallest = Math.max(this.#tallest, this.layout.height, LEAST_HEIGHT);
    const height = this.#tallest + AXIS;
    this.#size(this.width, height);
    draw(this.context, { layout: this.layout, view: this.view, width: this.width, height, by: this.by, look: this.style, chosen: this.#chosen, pointed: this.#pointed });
    performance.measure("timeline-draw", { start: began, end: performance.now() });
    this.#name();
  }

  #size(width, height) {
    const ratio = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.height = `${height}px`;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Puts the lanes' names beside them. */
  #name() {
    const wanted = this.layout.lanes.map(({ lane }) => [lane.value, lane.name, lane.count, lane.wider].join("\0")).join("\n");
    if (this.labels.dataset.wanted !== wanted) {
      this.labels.dataset.wanted = wanted;
      replace(this.labels, this.layout.lanes.map(({ lane }) => this.#laneName(lane)));
    }
    this.layout.lanes.forEach(({ top, height }, at) => Object.assign(this.labels.children[at].style, { top: `${AXIS + top}px`, height: `${height}px` }));
  }

  #laneName(lane) {
    const wider = lane.wider ? `, ${lane.wider.toLocaleString("en")} of them with less precise dates than the bars` : "";
    return el(
      "button",
      { type: "button", class: "lane-name", title: `Only ${lane.name}: ${counted(lane.count, "event")} here${wider}`, onclick: () => this.on.lane(lane.value) },
      el("bdi", {}, lane.name),
      el("span", { class: "quiet" }, lane.count.toLocaleString("en")),
    );
  }

  #restyle() {
    this.style = style(this.plot.isConnected ? this.plot : document.body);
    this.redraw();
  }

  #measure(text) {
    let width = this.#widths.get(text);
    if (width === undefined) {
      this.context.font = this.style.font;
      width = this.context.measureText(text).width;
      this.#widths.set(text, width);
    }
    return width;
  }

  #pan(pixels) {
    const days = (pixels / this.width) * (this.view.to - this.view.from);
    this.#glide.stop();
    this.#move(this.view.from + days, this.view.to + days);
  }

  #zoom(factor, x) {
    const still = this.view.from + (x / this.width) * (this.view.to - this.view.from);
    const { from, to } = zoomed(this.view, factor, still);
    this.#glide.stop();
    this.#move(from, to);
  }

  /** Goes on from where it is going to. */
  #glideTo(next) {
    const from = this.#glide.goal ?? this.view;
    this.#glide.go(this.view, next(from, (from.to - from.from) / this.width));
  }

  #settle() {
    this.on.settle(this.#glide.goal ?? this.view);
  }

  #move(from, to) {
    this.view = within(from, to);
    this.tip.hidden = true;
    this.on.move(this.view);
    this.redraw();
  }

  #click(x, y) {
    const found = this.layout && hit(this.layout, x, y - AXIS);
    if (found?.mark) this.on.open(found.mark.event.id);
    else if (found?.bar) {
      this.goTo(found.bar);
    }
  }

  #point(x, y) {
    const found = this.layout && hit(this.layout, x, y - AXIS);
    this.canvas.classList.toggle("over", Boolean(found));
    this.tip.hidden = !found;
    if (found) this.#tell(found, x);
    const id = found?.mark?.event.id ?? null;
    if (id !== this.#pointed) {
      this.#pointed = id;
      this.redraw();
    }
  }

  #tell({ lane, mark, bar }, x) {
    const lines = mark
      ? [el("strong", { dir: "auto" }, mark.event.title), el("span", {}, when(mark.event.date)), el("span", { class: "quiet" }, `${certainty({ basis: "", ...mark.event })}, ${mark.event.kind}, ${mark.event.status}`)]
      : [el("strong", {}, when(bar.bucket.date)), el("span", {}, `${counted(bar.bucket.count, "event")}: click to see them`)];
    replace(this.tip, lines);
    this.tip.style.top = `${AXIS + lane.inner + (mark ? (mark.row + 1) * ROW + 4 : lane.room)}px`;
    this.tip.style.left = `${Math.max(4, Math.min(x - 40, this.width - TIP_PX))}px`;
  }

  /** Goes on to the next event in the order of time that is in view, and says which it is. */
  #step(direction) {
    this.#drawNow();
    const marks = [...new Map(this.layout.lanes.flatMap((lane) => lane.marks.map((mark) => [mark.event.id, { lane, mark }]))).values()];
    marks.sort((one, other) => one.mark.x0 - other.mark.x0);
    if (!marks.length) {
      this.said.textContent = "No single events at this zoom: the bars count them. Zoom in with the up arrow.";
      return;
    }
    const at = marks.findIndex(({ mark }) => mark.event.id === this.#pointed);
    const next = marks[at < 0 ? (direction > 0 ? 0 : marks.length - 1) : (at + direction + marks.length) % marks.length];
    this.#pointed = next.mark.event.id;
    this.tip.hidden = false;
    this.#tell(next, next.mark.x0);
    this.said.textContent = `${next.mark.event.title}, ${when(next.mark.event.date)}, ${next.mark.event.status}`;
    this.redraw();
  }
}

/** The view about a day that stays where it is. */
const zoomed = ({ from, to }, factor, still) => within(still - (still - from) * factor, still + (to - still) * factor);
