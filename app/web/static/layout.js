/**
 * @file Where the events of a view stand: pure arithmetic. Marks go into the rows of their lane so that no label meets another
 * mark or label of its row; where a lane has no room left, marks stand without a label rather than not at all.
 */

import { bucketDays, eventDays } from "./scale.js";

export const ROW = 23;
const PAD = 7;
const DOT = 6; // half the width of a mark that is narrower than this
const LABEL_GAP = 5;
const LEAST_LABEL = 56;
const EASY_LABEL = 170; // with so much of a label one reads what it is about
const MOST_ROWS = 20;
const MOST_LABEL = 420;

/**
 * @param {object[]} lanes of /v1/timeline/window
 * @param {{from: number, to: number}} view days
 * @param {number} width of the view in pixels
 * @param {(text: string) => number} measure the width of a label in pixels
 * @param {number} [above] pixels left free at the top of each lane, for its name
 * @returns {{lanes: object[], height: number}} each lane with its `top`, `height` and `inner`, where its rows begin, and `marks`
 *   or `bars`
 */
export function layOut(lanes, view, width, measure, above = 0) {
  const x = (day) => ((day - view.from) / (view.to - view.from)) * width;
  const mostRows = Math.max(2, Math.min(8, Math.floor(MOST_ROWS / Math.max(1, lanes.length))));
  const fullest = Math.max(1, ...lanes.flatMap((lane) => lane.buckets.map((bucket) => bucket.count)));
  let top = 0;
  const placed = lanes.map((lane) => {
    const marks = lane.unit ? [] : place(lane.events, x, width, measure, mostRows);
    const rows = lane.unit ? Math.min(2, mostRows) : Math.max(1, ...marks.map((mark) => mark.row + 1));
    const height = rows * ROW + 2 * PAD + above;
    const bars = lane.buckets.map((bucket) => bar(bucket, x, fullest)).filter((one) => one.x1 > 0 && one.x0 < width);
    const found = { lane, top, height, inner: top + above + PAD, room: rows * ROW, marks, bars };
    top += height;
    return found;
  });
  return { lanes: placed, height: top };
}

function bar(bucket, x, fullest) {
  const [from, to] = bucketDays(bucket.date);
  return { bucket, from, to, x0: x(from), x1: x(to), share: bucket.count / fullest };
}

function place(events, x, width, measure, mostRows) {
  const marks = events
    .map((event) => mark(event, x, measure))
    .filter((one) => one.x1 > 0 && one.x0 < width)
    .sort((one, other) => one.x0 - other.x0 || other.x1 - one.x1);
  const rows = [];
  for (const one of marks) {
    one.row = rowFor(rows, one, mostRows);
    const row = (rows[one.row] ??= { least: -Infinity, easy: -Infinity, marks: [] });
    row.marks.push(one);
    row.least = Math.max(row.least, one.x1, one.labelX + Math.min(one.labelWidth, LEAST_LABEL));
    row.easy = Math.max(row.easy, one.x1, one.labelX + Math.min(one.labelWidth, EASY_LABEL));
  }
  rows.forEach((row) => row.marks.forEach((one, at) => cut(one, row.marks[at + 1], width)));
  return marks;
}

/** The first row in which the mark leaves the labels before it room enough; a new one while there are few; else the freest. */
function rowFor(rows, one, mostRows) {
  const free = rows.findIndex((row) => row.easy + LABEL_GAP <= one.x0);
  if (free >= 0) return free;
  if (rows.length < mostRows) return rows.length;
  return rows.reduce((best, row, at) => (row.least < rows[best].least ? at : best), 0);
}

/** Gives a label the room that the next mark of its row, or the edge, leaves it. */
function cut(one, next, width) {
  const room = (next ? next.x0 - LABEL_GAP : width) - one.labelX;
  one.labelWidth = Math.min(one.labelWidth, room, MOST_LABEL);
  if (one.labelWidth < 22) one.labelWidth = 0;
}

function mark(event, x, measure) {
  const [from, to] = eventDays(event);
  let [x0, x1] = [x(from), x(to)];
  const isDot = x1 - x0 < 2 * DOT + 2;
  if (isDot) [x0, x1] = [(x0 + x1) / 2 - DOT, (x0 + x1) / 2 + DOT];
  const isWide = x1 - Math.max(x0, 0) > 48; // its label stands in it
  const labelX = isWide ? Math.max(x0, 0) + 7 : x1 + LABEL_GAP;
  return { event, x0, x1, isDot, isWide, labelX, labelWidth: measure(event.title), row: 0 };
}

/** The mark or bar at a place, or null. */
export function hit(layout, px, py) {
  const found = layout.lanes.find((one) => py >= one.top && py < one.top + one.height);
  if (!found) return null;
  const row = Math.floor((py - found.inner) / ROW);
  const marks = found.marks.filter((one) => one.row === row && px >= one.x0 - 3 && px <= Math.max(one.x1 + 3, one.labelX + one.labelWidth));
  const nearest = marks.sort((one, other) => Math.abs(px - (one.x0 + one.x1) / 2) - Math.abs(px - (other.x0 + other.x1) / 2))[0];
  if (nearest) return { lane: found, mark: nearest };
  const one = found.bars.find((candidate) => px >= candidate.x0 && px < candidate.x1);
  return one ? { lane: found, bar: one } : null;
}
