/**
 * @file What came while the reader looked: rows that are out of sight take their place at once; what would move those in sight
 * waits behind a notice with a button.
 */

import { Latest } from "./api.js";
import { byId, el } from "./dom.js";
import { row } from "./list.js";
import { filters } from "./state.js";
import { counted } from "./words.js";

const BESIDE = ["event", "by"]; // what changes nothing of the list

export class Arrivals {
  #latest = new Latest();
  #waiting = null; // the list as it is now, where it would move the reader
  #new = new Set();

  /** @param {import("./list.js").List} list @param {import("./state.js").State} state */
  constructor(list, state) {
    this.list = list;
    this.state = state;
    this.node = byId("live");
    this.words = this.node.querySelector("[role=status]");
    this.show = el("button", { type: "button", class: "primary", hidden: true, onclick: () => this.#show() }, "Show");
    this.later = el("button", { type: "button", hidden: true, onclick: () => this.#rest() }, "Later");
    this.node.append(this.show, this.later);
    state.listen((_, names) => [...names].some((name) => !BESIDE.includes(name)) && this.#rest());
  }

  /** Looks what became of the list. @param {Set<string>} ids of events that changed */
  async look(ids) {
    const query = this.state.query;
    const found = await this.#latest.run((signal) => this.list.again(query, signal)).catch(() => undefined); // the next change asks again
    if (!found || !isSame(query, this.state.query)) return;
    const rows = new Map([...this.list.node.children].map((one) => [one.dataset.id, one]));
    const events = this.#asFarAsShown(found, rows);
    for (const event of events) if (ids.has(event.id) && rows.has(event.id)) this.#renew(rows.get(event.id), event);
    this.#new = new Set(events.map((event) => event.id).filter((id) => this.#new.has(id) || !rows.has(id)));
    if (this.#isQuiet(events)) this.#settle(events);
    else this.#waiting = events;
    this.#tell();
  }

  /** The events that the list would show: where it goes on, none beyond its last. */
  #asFarAsShown({ events, isAll }, rows) {
    if (!this.list.goesOn && isAll) return events;
    const last = events.findLastIndex((event) => rows.has(event.id));
    const known = new Set(events.map((event) => event.id));
    const ids = [...rows.keys()];
    const beyond = isAll ? [] : ids.slice(ids.findLastIndex((id) => known.has(id)) + 1); // more than one page of the API tells
    return [...(this.list.goesOn ? events.slice(0, last + 1) : events), ...beyond.map((id) => ({ id }))];
  }

  /** Whether the list can become these events without anything in sight being moved. */
  #isQuiet(events) {
    const rows = [...this.list.node.children];
    const same = rows.findIndex((one, at) => one.dataset.id !== events[at]?.id);
    const from = same < 0 ? rows.length : same; // up to there nothing changes
    return from === rows.length ? true : rows[from].getBoundingClientRect().top >= innerHeight;
  }

  /** Makes the list these events; rows that are there already stay the same elements. */
  #settle(events) {
    const rows = new Map([...this.list.node.children].map((one) => [one.dataset.id, one]));
    events.forEach((event, at) => {
      const wanted = rows.get(event.id) ?? this.#row(event, "new");
      const there = this.list.node.children[at];
      if (there !== wanted) this.list.node.insertBefore(wanted, there ?? null);
    });
    while (this.list.node.children.length > events.length) this.list.node.lastChild.remove();
    this.#waiting = null;
    this.list.recount();
  }

  /** Writes a row anew; whoever is in it stays there. */
  #renew(there, event) {
    const isIn = there.contains(document.activeElement);
    const made = this.#row(event, "changed");
    there.replaceWith(made);
    if (isIn) made.querySelector("a").focus({ preventScroll: true });
  }

  #row(event, mark) {
    const made = row(event, this.state.query);
    made.classList.add(mark);
    return made;
  }

  #tell() {
    const number = this.#new.size;
    if (number) this.words.textContent = `${counted(number, "new event")}`;
    else if (this.#waiting) this.words.textContent = "The list has changed";
    else this.words.textContent = "";
    this.show.hidden = this.later.hidden = !this.words.textContent;
  }

  /** Shows what waits, and goes to the first new event. */
  #show() {
    if (this.#waiting) this.#settle(this.#waiting);
    const first = [...this.list.node.children].find((one) => this.#new.has(one.dataset.id));
    this.#rest();
    (first?.querySelector("a") ?? byId("main")).focus();
  }

  #rest() {
    this.#waiting = null;
    this.#new.clear();
    this.#tell();
  }
}

/** Whether two queries find the same list. */
const isSame = (one, other) => ["sort", "cursor"].every((name) => one.get(name) === other.get(name)) && String(filters(one)) === String(filters(other));
