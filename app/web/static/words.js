/** @file Dates and what is known of them in English words, as the server writes them too. */

import { MONTHS } from "./scale.js";

const PARTS = {
  21: "the spring of", 22: "the summer of", 23: "the autumn of", 24: "the winter that began in",
  33: "the first quarter of", 34: "the second quarter of", 35: "the third quarter of", 36: "the last quarter of",
  40: "the first half of", 41: "the second half of",
};
const DOUBTS = { "~": "about ", "?": "perhaps ", "%": "perhaps about " };

/** A date (EDTF) for people. */
export function when(edtf) {
  if (edtf.includes("/")) {
    const [first, last] = edtf.split("/").map((end) => end.replace(/^[. ]+|[. ]+$/g, ""));
    if (first && last) return `${when(first)} to ${when(last)}`;
    return first ? `from ${when(first)} on` : `until ${when(last)}`;
  }
  if (edtf.startsWith("[")) {
    const [first, last] = edtf.slice(1, -1).split("..");
    return `between ${when(first)} and ${when(last)}`;
  }
  const doubt = DOUBTS[edtf.at(-1)] ?? "";
  return doubt + unit(edtf.replace(/[~?%]+$/, ""));
}

function unit(edtf) {
  if (edtf.includes("X")) {
    const first = edtf.replaceAll("X", "0");
    return `the years ${first === "0000" ? "0001" : first} to ${edtf.replaceAll("X", "9")}`;
  }
  const [year, part, day] = edtf.split("-");
  if (day) return `${MONTHS[part - 1]} ${Number(day)}, ${year}`;
  if (part && PARTS[Number(part)]) return `${PARTS[Number(part)]} ${year}`;
  return part ? `${MONTHS[part - 1]} ${year}` : year;
}

/** A text in which days such as 2021-12-15, and what an arrow leads to, are told in words. */
export function inWords(text) {
  return text.replace(/(?<=→ )[0-9X~?%.[\]/-]+$|\b\d{4}-\d\d-\d\d\b(?!\/)/g, (edtf) => tried(edtf));
}

function tried(edtf) {
  const told = when(edtf);
  return /undefined|NaN/.test(told) ? edtf : told;
}

/** What is known of an event's date and what is not. */
export function certainty(event) {
  let known = `known to the ${event.precision}`;
  if (!event.first_day) known = "its first day is not known";
  else if (!event.last_day) known = "its last day is not known";
  else if (event.date.includes("/")) known = "it lasted so long";
  else if (event.precision === "range") known = "it is one day of these";
  if (event.basis === "article") known += "; no report gives a date, so that it is the articles’ own";
  return known + (event.conflict ? "; reports give different dates" : "");
}

/** A number and its noun. */
export const counted = (number, noun, nouns = `${noun}s`) => `${number.toLocaleString("en")} ${number === 1 ? noun : nouns}`;
