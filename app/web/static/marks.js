/** @file Sentences with some of their words marked. Offsets are code points, half open, as the API counts them. */

import { el } from "./dom.js";

/**
 * The text as nodes, in which each span is a `mark` of its class; of spans that overlap the first in the list is shown.
 * @param {string} text
 * @param {{begin: number, end: number, name: string, title?: string, href?: string}[]} spans
 */
export function marked(text, spans) {
  const points = Array.from(text);
  const owner = new Array(points.length).fill(null);
  for (const span of spans) {
    for (let at = Math.max(0, span.begin); at < Math.min(points.length, span.end); at += 1) owner[at] ??= span;
  }
  const nodes = [];
  for (let at = 0; at < points.length; ) {
    let end = at;
    while (end < points.length && owner[end] === owner[at]) end += 1;
    const piece = points.slice(at, end).join("");
    nodes.push(owner[at] ? el("mark", { class: owner[at].name, title: owner[at].title }, owner[at].href ? el("a", { href: owner[at].href }, piece) : piece) : document.createTextNode(piece));
    at = end;
  }
  return nodes;
}

/** Where the date words of a report stand in its sentence: those that its derivation says date the act. */
export function dateSpans(text, derivation) {
  const attached = derivation.filter((step) => step.rule.startsWith("attach"));
  const words = attached.flatMap((step) => [...step.says.split(/ dates? /)[0].matchAll(/'([^']+)'/g)].map((found) => found[1]));
  return words.flatMap((word) => {
    const at = text.indexOf(word);
    return at < 0 ? [] : [{ begin: length(text.slice(0, at)), end: length(text.slice(0, at)) + length(word), name: "date" }];
  });
}

const length = (text) => Array.from(text).length;
