/** @file What was read in a text: the text with its date expressions and acts marked, what each means, and the events that it gives. */

import { el } from "./dom.js";
import { tags } from "./list.js";
import { dateSpans, marked } from "./marks.js";
import { certainty, counted, inWords, when } from "./words.js";

const NO_DAYS = { DURATION: "how long something lasts", SET: "something that comes again and again" };
const ROLES = { source: "acts", target: "is acted on", participant: "takes part", other: "is named" };

/** Everything that was read. @param {object} reading of /v1/resolve @param {string} text that was sent */
export function shown(reading, text) {
  const { timexes, mentions } = reading;
  const acts = mentions.map((mention, at) => ({ ...mention.trigger, name: "act", href: `#event-${at + 1}` }));
  const dates = timexes.map((timex, at) => ({ ...timex, name: timex.edtf ? "date" : "span", href: `#date-${at + 1}` }));
  return [
    el("h2", { class: "reading-title" }, `${counted(mentions.length, "event")}, ${counted(timexes.length, "date expression")}`),
    el(
      "div",
      { class: "reading" },
      el(
        "section",
        { class: "reading-text" },
        el("h3", { class: "part" }, "The text"),
        el("div", { class: "card text", dir: "auto", tabindex: 0, role: "group", "aria-label": "The text with its dates and acts" }, marked(reading.text ?? text, [...dates, ...acts])),
        el("p", { class: "quiet marks-legend" }, el("mark", { class: "date" }, "date"), el("mark", { class: "span" }, "duration or repetition"), el("mark", { class: "act" }, "act")),
        articleDate(reading.article_date),
      ),
      el("section", {}, el("h3", { class: "part" }, "Events it would give"), mentions.length ? el("ol", { class: "given" }, mentions.map(event)) : el("p", { class: "quiet" }, "No diplomatic act was found. An act needs somebody who is known: a state, an organisation, or a person of theirs.")),
      el("section", {}, el("h3", { class: "part" }, "Dates in the text"), timexes.length ? el("ol", { class: "given" }, timexes.map(expression)) : el("p", { class: "quiet" }, "No date expression was found.")),
    ),
  ];
}

function articleDate({ best, earliest, latest, evidence }) {
  const range = earliest && latest && earliest !== latest && `some day from ${when(earliest)} to ${when(latest)}`;
  return el(
    "div",
    { class: "article-date" },
    el("h3", { class: "part" }, "The article’s own date"),
    el("p", {}, el("strong", {}, best ? when(best) : "not known"), range && el("span", { class: "quiet" }, ` ${range}`)),
    evidence.length > 0 ? steps(evidence) : el("p", { class: "quiet" }, "Nothing in the text tells it. Dates such as “on Friday” need it: give it above."),
  );
}

function event(mention, at) {
  const { clause, trigger } = mention;
  const spans = [{ begin: trigger.begin - clause.begin, end: trigger.end - clause.begin, name: "act" }, ...dateSpans(clause.text, mention.derivation)];
  const actors = mention.actors.map((actor) => el("li", {}, el("bdi", {}, actor.name), " ", el("span", { class: "quiet" }, ROLES[actor.role] ?? actor.role)));
  const known = mention.edtf && certainty({ ...mention, date: mention.edtf, conflict: false });
  return el(
    "li",
    { id: `event-${at + 1}`, class: `card status-${mention.status}`, tabindex: -1 },
    el("p", { class: "given-date" }, el("strong", {}, mention.edtf ? when(mention.edtf) : "no date"), known && el("span", { class: "quiet" }, known)),
    el("h4", { dir: "auto" }, mention.title),
    el("p", { class: "event-tags" }, tags(mention)),
    el("ul", { class: "given-actors" }, actors),
    el("blockquote", { dir: "auto" }, marked(clause.text, spans)),
    mention.derivation.length > 0 && el("details", { class: "why" }, el("summary", {}, mention.edtf ? `Why ${when(mention.edtf)}` : "Why it has no date"), steps(mention.derivation)),
  );
}

function expression(timex, at) {
  return el(
    "li",
    { id: `date-${at + 1}`, class: "expression", tabindex: -1 },
    el("p", {}, el("mark", { class: timex.edtf ? "date" : "span", dir: "auto" }, timex.text), " ", el("strong", {}, timex.edtf ? when(timex.edtf) : (NO_DAYS[timex.type] ?? "no days of the calendar")), " ", el("code", { class: "quiet" }, timex.edtf ?? timex.value)),
    timex.derivation.length > 0 && steps(timex.derivation),
  );
}

const steps = (derivation) => el("ol", { class: "steps" }, derivation.map((step) => el("li", {}, el("span", { dir: "auto" }, inWords(step.says), " ", el("span", { class: "rule" }, step.rule)))));
