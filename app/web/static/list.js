/** @file The list of events: the same as the server writes, for what comes after the first page. */

import { Latest, actorPage, get, problemBox } from "./api.js";
import { byId, el, replace, whileBusy } from "./dom.js";
import { family } from "./kinds.js";
import { marked } from "./marks.js";
import { address, changed, filters } from "./state.js";
import { counted, when } from "./words.js";

const MOST = 200; // events of one page of the API
const SOME_MORE = 50;

export class List {
  #latest = new Latest();
  #next = null;

  /**
   * @param {import("./state.js").State} state
   * @param {(problem: Error) => void} refused told what the API says of parameters that cannot be used
   */
  constructor(state, refused) {
    this.state = state;
    this.refused = refused;
    this.node = byId("events");
    this.paging = byId("paging");
    this.node.addEventListener("click", (event) => this.#open(event));
    this.paging.addEventListener("click", (event) => this.#more(event));
    this.#next = new URL(this.paging.querySelector("a")?.href ?? location.href).searchParams.get("cursor");
    this.#tell(this.node.children.length);
  }

  /** Shows the first page of what the query finds. */
  async load(query) {
    try {
      const found = await whileBusy(this.node.parentElement, this.#latest.run((signal) => get("v1/events", this.#asked(query, null), { signal })));
      if (found) this.#show(found, query, false);
    } catch (problem) {
      replace(this.node);
      replace(this.paging);
      byId("empty")?.remove();
      if (problem.errors?.length) this.refused(problem);
      else replace(this.paging, el("div", { class: "notice problem", role: "alert" }, problemBox(problem, () => this.load(query))));
      byId("list-state").textContent = "";
    }
  }

  /** Marks the event that is open. */
  choose(id) {
    for (const row of this.node.children) row.classList.toggle("chosen", row.dataset.id === id);
  }

  /** Colours the kinds of the rows that the server wrote. */
  colour() {
    for (const tag of this.node.querySelectorAll(".tag.kind")) tag.classList.add(family(tag.textContent));
  }

  /** What the query finds now, as far as the list shows it. */
  async again(query, signal) {
    const asked = this.#asked(query, query.get("cursor"));
    asked.set("limit", Math.min(MOST, this.node.children.length + SOME_MORE));
    const { events, links } = await get("v1/events", asked, { signal });
    return { events, isAll: !links.some((link) => link.rel === "next") };
  }

  /** Whether the list goes on beyond what it shows. */
  get goesOn() {
    return Boolean(this.#next);
  }

  /** Tells anew how many events it shows, after somebody put some in or took some out. */
  recount() {
    byId("empty")?.remove();
    if (!this.node.children.length) this.node.after(nothing());
    this.#tell(this.node.children.length);
    this.choose(this.state.query.get("event"));
  }

  #asked(query, cursor) {
    const asked = filters(query);
    if (query.get("sort")) asked.set("sort", query.get("sort"));
    if (cursor) asked.set("cursor", cursor);
    return asked;
  }

  #show({ events, links }, query, further) {
    byId("closed")?.remove();
    const rows = events.map((event) => row(event, query));
    if (further) this.node.append(...rows);
    else this.node.replaceChildren(...rows);
    byId("empty")?.remove();
    if (!this.node.children.length) this.node.after(nothing());
    const next = links.find((link) => link.rel === "next");
    this.#next = next && new URL(next.href, location.href).searchParams.get("cursor");
    replace(this.paging, this.#next && el("a", { class: "button", rel: "next", href: address(changed(query, { cursor: this.#next })) }, "More events"));
    this.#tell(this.node.children.length);
    this.choose(query.get("event"));
  }

  #tell(number) {
    byId("list-state").textContent = number ? `${counted(number, "event")}${this.#next ? " so far" : ""}` : "";
  }

  #open(event) {
    const link = event.target.closest("a.event-title");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.state.go(changed(this.state.query, { event: link.closest("li").dataset.id }));
  }

  async #more(event) {
    if (!this.#next || !event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const from = this.node.children.length;
    const query = this.state.query;
    try {
      const found = await whileBusy(this.paging, this.#latest.run((signal) => get("v1/events", this.#asked(query, this.#next), { signal })));
      if (!found) return;
      this.#show(found, query, true);
      this.node.children[from]?.querySelector("a").focus();
    } catch (problem) {
      replace(this.paging, el("div", { class: "notice problem", role: "alert" }, problemBox(problem, () => this.load(query))));
    }
  }
}

/** One event of the list. */
export function row(event, query) {
  const found = (event.highlights?.title ?? []).map(([begin, end]) => ({ begin, end, name: "found" }));
  const names = event.actors.flatMap((actor, at) => [at ? el("span", { class: "sep" }, ", ") : null, el("a", { class: "actor", href: actorPage(actor.id) }, el("bdi", {}, actor.name))]);
  return el(
    "li",
    { class: `event status-${event.status}`, "data-id": event.id },
    el("p", { class: "event-date" }, el("time", {}, when(event.date))),
    el(
      "div",
      { class: "event-body" },
      el("h3", {}, el("a", { class: "event-title", dir: "auto", href: address(changed(query, { event: event.id, cursor: null })) }, marked(event.title, found))),
      el("p", { class: "event-facts" }, names),
      el("p", { class: "event-tags" }, tags(event), el("span", { class: "count" }, counted(event.source_count, "article"))),
    ),
  );
}

/** The kind, and what is unusual about an event. */
export function tags(event) {
  return [
    el("span", { class: `tag kind ${family(event.kind)}` }, event.kind),
    event.status !== "occurred" && el("span", { class: "tag status" }, event.status),
    event.conflict && el("span", { class: "tag conflict" }, "dates differ"),
  ];
}

const nothing = () =>
  el("div", { class: "empty", id: "empty" }, el("p", {}, el("strong", {}, "No event fits.")), el("p", {}, "Take a filter away or widen the dates."));
