/** @file One event beside the list: its date and why it is that, who took part, and every report of it. */

import { Latest, actorPage, address, get, problemBox } from "./api.js";
import { byId, el, replace, whileBusy } from "./dom.js";
import { tags } from "./list.js";
import { dateSpans, marked } from "./marks.js";
import { officesOn } from "./offices.js";
import { address as addressOf, changed } from "./state.js";
import { certainty, counted, inWords, when } from "./words.js";

const ROLES = { source: "acts", target: "is acted on", participant: "takes part" };

export class Panel {
  #latest = new Latest();
  #opener = null;

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.state = state;
    this.node = byId("panel");
    this.node.tabIndex = -1;
    this.node.addEventListener("click", (event) => this.#click(event));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.node.hidden && !event.defaultPrevented) this.close();
    });
  }

  /** Leaves the event, and goes back to where the reader was. */
  close() {
    this.state.go(changed(this.state.query, { event: null }));
  }

  /** Shows the event of that id, or none. */
  async load(id) {
    if (!id) {
      this.#latest.run(async () => undefined);
      if (!this.node.hidden && this.node.contains(document.activeElement)) this.#opener?.isConnected && this.#opener.focus();
      this.node.hidden = true;
      return;
    }
    if (this.node.hidden) this.#opener = document.activeElement;
    try {
      const event = await whileBusy(this.node, this.#latest.run((signal) => get(`v1/events/${encodeURIComponent(id)}`, undefined, { signal })));
      if (!event) return;
      this.#show(closing(), whole(event, this.state.query));
      event.actors.filter((actor) => actor.kind === "person").forEach((actor) => this.#tellOffices(actor, event));
    } catch (problem) {
      this.#show(closing(), el("h2", { id: "panel-title" }, "This event cannot be shown"), el("div", { class: "notice problem" }, problemBox(problem, () => this.load(id))));
    }
  }

  /** Writes behind a person the offices that they held on the event's day. */
  async #tellOffices({ id }, event) {
    const actor = await get(`v1/actors/${encodeURIComponent(id)}`).catch(() => ({}));
    const place = [...this.node.querySelectorAll(".actor-line")].find((line) => line.dataset.id === id);
    const held = officesOn(actor, event.first_day ?? event.last_day);
    if (place && held.length && this.state.query.get("event") === event.id) place.append(el("span", { class: "office quiet" }, `${held.join(", ")} at that time`));
  }

  /** The button that closes, and links to other events: these stay on the page. */
  #click(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const other = event.target.closest("a[data-event]");
    if (!other && !event.target.closest(".panel-close")) return;
    event.preventDefault();
    if (other) this.state.go(changed(this.state.query, { event: other.dataset.event }));
    else this.close();
  }

  #show(...children) {
    const arrives = this.node.hidden || this.node.contains(document.activeElement);
    replace(this.node, children);
    this.node.hidden = false;
    this.node.scrollTop = 0;
    if (arrives) this.node.querySelector(".panel-close").focus();
  }
}

const closing = () => el("button", { type: "button", class: "panel-close" }, "Close");

/** Everything that is known of an event. */
function whole(event, query) {
  const first = event.sources.map((one) => one.date).filter(Boolean).sort()[0];
  return [
    el("p", { class: "panel-date" }, el("strong", {}, when(event.date)), el("span", { class: "quiet" }, certainty(event))),
    el("h2", { id: "panel-title", dir: "auto" }, event.title),
    el("p", { class: "event-tags" }, tags(event)),
    el(
      "dl",
      { class: "facts" },
      el("dt", {}, "Actors"),
      el("dd", {}, event.actors.length ? el("ul", {}, event.actors.map(actorLine)) : "none that is named"),
      el("dt", {}, "Status"),
      el("dd", {}, event.status, event.reported_by && [", according to ", el("bdi", {}, event.reported_by.name)], event.history.length > 1 && history(event)),
      first && [el("dt", {}, "First reported"), el("dd", {}, when(first))],
      event.edits.length > 0 && [el("dt", {}, "Edited"), el("dd", {}, event.edits.map((one) => el("p", {}, `${one.op} by ${one.author}: ${one.reason}`)))],
    ),
    event.dates.length > 0 && [el("h3", { class: "panel-part" }, "Reports give different dates"), claims(event)],
    el("h3", { class: "panel-part" }, `Reported in ${counted(event.source_count, "article")}`),
    event.mentions.map((mention) => report(mention, event)),
    event.explanation.length > 0 && el("details", { class: "panel-part" }, el("summary", {}, "Why these reports are one event"), steps(event.explanation)),
    event.possible_same.length > 0 && [el("h3", { class: "panel-part" }, "May be the same"), el("ul", {}, event.possible_same.map((one) => same(one, query)))],
    el("p", { class: "panel-links" }, el("a", { href: address(`v1/events/${event.id}`) }, "Open as JSON"), el("a", { href: `?event=${event.id}` }, "Link to this event alone")),
  ];
}

const actorLine = (actor) =>
  el("li", { class: "actor-line", "data-id": actor.id }, el("a", { href: actorPage(actor.id) }, el("bdi", {}, actor.name)), " ", el("span", { class: "quiet" }, ROLES[actor.role] ?? actor.role));

/** Each status with the date of the article that first told it. */
const history = (event) => el("ul", { class: "quiet" }, event.history.map((one) => el("li", {}, one.status, one.date && `: told first on ${when(one.date)}`)));

function claims(event) {
  return el(
    "ul",
    { class: "claims" },
    event.dates.map((claim) => {
      const outlets = claim.articles.map((id) => outlet(event.sources.find((source) => source.article === id)));
      return el("li", {}, el("strong", {}, when(claim.date)), el("span", { class: "quiet" }, outlets.join(", ")));
    }),
  );
}

const outlet = (source) => source?.outlet ?? source?.title ?? "an article";

/** A report: who tells it and when, the sentence with its date words and its act marked, and how the date follows. */
function report(mention, event) {
  const source = event.sources.find((one) => one.article === mention.article);
  const { sentence, trigger } = mention;
  const spans = [
    { begin: trigger.begin - sentence.begin, end: trigger.end - sentence.begin, name: "act", title: `the act: ${trigger.lemma}` },
    ...dateSpans(sentence.text, mention.derivation),
  ];
  return el(
    "article",
    { class: "report" },
    el("h3", {}, sourceLink(source), source?.date && el("span", { class: "quiet" }, when(source.date))),
    source?.title && el("p", { class: "quiet", dir: "auto" }, source.title),
    el("blockquote", { dir: "auto" }, marked(sentence.text, spans)),
    mention.reported_by && el("p", { class: "quiet" }, "As told by ", el("bdi", {}, mention.reported_by.name)),
    el(
      "details",
      { class: "why", open: true },
      el("summary", {}, mention.date ? `Why ${when(mention.date)}` : "Why it has no date"),
      mention.derivation.length ? steps(mention.derivation) : el("p", { class: "quiet" }, "The report gives no date: it is the article’s own."),
    ),
  );
}

const steps = (derivation) => el("ol", { class: "steps" }, derivation.map((step) => el("li", {}, el("span", { dir: "auto" }, inWords(step.says), " ", el("span", { class: "rule" }, step.rule)))));

/** The article's own address, where it is one of the web: an address may as well be a program. */
function sourceLink(source) {
  const name = el("bdi", {}, outlet(source));
  return /^https?:\/\//i.test(source?.address ?? "") ? el("a", { href: source.address, rel: "noreferrer" }, name) : name;
}

const same = (one, query) =>
  el("li", {}, el("a", { href: addressOf(changed(query, { event: one.event })), "data-event": one.event }, one.event), " ", el("span", { class: "quiet" }, one.says));
