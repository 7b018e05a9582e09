/** @file What the shapes and colours of the timeline mean. */

import { el, svg } from "./dom.js";
import { FAMILIES } from "./kinds.js";

const SHAPES = [
  ["a day", [["circle", { cx: 14, cy: 9, r: 5, class: "solid" }]]],
  ["a period", [["rect", { x: 3, y: 3, width: 22, height: 12, rx: 4, class: "solid" }]]],
  ["some day in it", [["rect", { x: 0, y: 3, width: 28, height: 12, rx: 4, fill: "url(#soft)" }]]],
  ["scheduled", [["circle", { cx: 14, cy: 9, r: 5, class: "hollow dashed" }]]],
  ["hypothetical", [["circle", { cx: 14, cy: 9, r: 5, class: "hollow dotted" }]]],
  ["denied", [["circle", { cx: 14, cy: 9, r: 5, class: "hollow" }], ["path", { d: "M8 16 20 2", class: "hollow" }]]],
  ["so many events", [["path", { d: "M1 17V11H8V17ZM9 17V2H16V17ZM17 17V7H24V17Z", class: "bar" }]]],
  ["dates differ", [["circle", { cx: 14, cy: 9, r: 4, class: "solid" }], ["circle", { cx: 14, cy: 9, r: 7.5, class: "ring" }]]],
];

export function legend() {
  const soft = svg("svg", { width: 0, height: 0, class: "soft-of-legend", "aria-hidden": "true" }, svg("defs", {}, svg("linearGradient", { id: "soft" }, [[0, 0.1], [0.3, 1], [0.7, 1], [1, 0.1]].map(([offset, opacity]) => svg("stop", { offset, "stop-opacity": opacity, class: "soft-stop" })))));
  return el(
    "details",
    { class: "legend", open: matchMedia("(min-width: 761px)").matches },
    el("summary", {}, "Legend"),
    soft,
    el("ul", {}, SHAPES.map(([words, shapes]) => el("li", {}, svg("svg", { width: 28, height: 18, "aria-hidden": "true" }, shapes.map(([name, attributes]) => svg(name, attributes))), words))),
    el("ul", {}, Object.entries(FAMILIES).map(([name, words]) => el("li", {}, el("span", { class: `swatch ${name}` }), words))),
  );
}
