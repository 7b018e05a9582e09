/** @file Draws a laid out timeline on a canvas. What is imprecise has soft edges; what did not happen for sure is hollow. */

import { family } from "./kinds.js";
import { ROW } from "./layout.js";
import { ticks } from "./scale.js";

export const AXIS = 40;
const BAR = 15;
const COLOURS = ["ink", "quiet", "line", "paper", "accent", "accent-soft", "warn", "talk", "accord", "paperwork", "pressure", "other"];

/** The page's colours and font, read anew when the scheme changes. */
export function style(node) {
  const read = getComputedStyle(node);
  const colours = Object.fromEntries(COLOURS.map((name) => [name, read.getPropertyValue(`--${name}`).trim()]));
  return { ...colours, font: `13px ${read.fontFamily}`, small: `12px ${read.fontFamily}`, strong: `600 12px ${read.fontFamily}` };
}

/**
 * Draws all. `chosen` and `pointed` are ids of events.
 * @param {CanvasRenderingContext2D} context in pixels of the page
 */
export function draw(context, { layout, view, width, height, by, look, chosen, pointed }) {
  context.clearRect(0, 0, width, height);
  axis(context, view, width, height, look);
  context.save();
  context.translate(0, AXIS);
  for (const one of layout.lanes) {
    context.fillStyle = look.line;
    context.fillRect(0, one.top, width, 1);
    context.save();
    context.translate(0, one.inner);
    bars(context, one, look, by === "kind" ? look[family(one.lane.value)] : look.accent);
    for (const mark of one.marks) shape(context, mark, look, mark.event.id === chosen, mark.event.id === pointed);
    context.font = look.font;
    context.textBaseline = "middle";
    for (const mark of one.marks) label(context, mark, look, mark.event.id === chosen);
    context.restore();
  }
  context.restore();
}

function axis(context, view, width, height, look) {
  context.textBaseline = "alphabetic";
  let last = -Infinity;
  for (const { day, label: text, over } of ticks(view.from, view.to, width)) {
    const at = Math.round(((day - view.from) / (view.to - view.from)) * width);
    context.fillStyle = look.line;
    context.globalAlpha = 0.55;
    context.fillRect(at, AXIS, 1, height);
    context.globalAlpha = 1;
    context.fillRect(at, over ? 6 : 24, 1, AXIS - (over ? 6 : 24));
    context.fillStyle = look.quiet;
    context.font = look.small;
    context.fillText(text, at + 5, 34);
    if (over && at > last) {
      context.fillStyle = look.ink;
      context.font = look.strong;
      context.fillText(over, at + 5, 16);
      last = at + context.measureText(over).width + 12;
    }
  }
}

function bars(context, { bars: all, room }, look, colour) {
  context.font = look.small;
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  for (const { bucket, x0, x1, share } of all) {
    const tall = Math.max(2, share * room);
    const wide = x1 - x0 > 4 ? x1 - x0 - 1 : Math.max(1, x1 - x0);
    context.globalAlpha = 0.5;
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(x0, room - tall, wide, tall, [Math.min(2, wide / 2), Math.min(2, wide / 2), 0, 0]);
    context.fill();
    context.globalAlpha = 1;
    const text = bucket.count.toLocaleString("en");
    context.fillStyle = look.ink;
    if (wide > context.measureText(text).width + 8) context.fillText(text, x0 + wide / 2, Math.min(room - 4, room - tall + (tall > 18 ? 13 : -3)));
  }
  context.textAlign = "start";
}

function shape(context, mark, look, isChosen, isPointed) {
  const { event } = mark;
  const colour = look[family(event.kind)];
  const middle = mark.row * ROW + ROW / 2;
  const isSoft = event.precision !== "day" && !event.date.includes("/");
  const isHollow = event.status !== "occurred";
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.fillStyle = isSoft ? softened(context, mark, colour, middle, look) : colour;
  context.setLineDash(event.status === "scheduled" ? [4, 3] : event.status === "hypothetical" ? [1.5, 3] : []);
  outline(context, mark, middle, 0);
  if (isHollow) {
    context.fillStyle = look.paper;
    context.fill();
    context.stroke();
  } else {
    context.globalAlpha = mark.isWide ? 0.38 : 1;
    context.fill();
    context.globalAlpha = 1;
    if (mark.isWide && !isSoft) context.stroke();
  }
  context.setLineDash([]);
  if (event.status === "denied") struck(context, mark, middle);
  if (event.conflict) ring(context, mark, middle, look.warn, 2.5);
  if (isChosen || isPointed) ring(context, mark, middle, isChosen ? look.ink : look.accent, event.conflict ? 5 : 2.5);
}

function outline(context, mark, middle, more) {
  context.beginPath();
  if (mark.isDot) context.arc((mark.x0 + mark.x1) / 2, middle, 5 + more, 0, 2 * Math.PI);
  else context.roundRect(mark.x0 - more, middle - BAR / 2 - more, mark.x1 - mark.x0 + 2 * more, BAR + 2 * more, 4);
}

function ring(context, mark, middle, colour, more) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  outline(context, mark, middle, more);
  context.stroke();
}

/** The colour, which fades away towards both ends of the mark. */
function softened(context, mark, colour, middle) {
  const { x0, x1 } = mark;
  const centre = (x0 + x1) / 2;
  const gradient = mark.isDot ? context.createRadialGradient(centre, middle, 0.5, centre, middle, 6) : context.createLinearGradient(x0, 0, x1, 0);
  const clear = `color-mix(in srgb, ${colour} 8%, transparent)`;
  if (mark.isDot) {
    gradient.addColorStop(0, colour);
    gradient.addColorStop(1, clear);
    return gradient;
  }
  gradient.addColorStop(0, clear);
  gradient.addColorStop(0.3, colour);
  gradient.addColorStop(0.7, colour);
  gradient.addColorStop(1, clear);
  return gradient;
}

function struck(context, mark, middle) {
  context.beginPath();
  context.moveTo(mark.x0, middle + 7);
  context.lineTo(mark.x1, middle - 7);
  context.stroke();
}

function label(context, mark, look, isChosen) {
  if (!mark.labelWidth) return;
  const { title, status } = mark.event;
  mark.width ??= context.measureText(title).width;
  const fits = mark.labelWidth >= mark.width - 0.5;
  const text = `\u2068${fits ? title : shortened(title, mark.labelWidth / mark.width)}\u2069`; // in the direction of its own letters
  context.fillStyle = look.ink;
  const middle = mark.row * ROW + ROW / 2;
  context.fillText(text, mark.labelX, middle + 0.5, mark.labelWidth);
  if (isChosen || status === "denied") context.fillRect(mark.labelX, middle + (isChosen ? 8 : 0), Math.min(mark.labelWidth, context.measureText(text).width), 1);
}

/** The beginning of a title, about that share of it. */
function shortened(title, share) {
  const letters = Array.from(title);
  return `${letters.slice(0, Math.max(1, Math.floor(letters.length * share) - 2)).join("").trimEnd()}…`;
}
