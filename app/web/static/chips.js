/** @file The filters in use above the timeline, each of which a click takes away. */

import { get } from "./api.js";
import { byId, el, replace } from "./dom.js";
import { SEVERAL, changed, filters, toggled } from "./state.js";

const SINGLE = { min_sources: "at least so many articles", conflict: "dates differ", counterpart: "with", role: "role", match: "days" };

export class Chips {
  #names = new Map();
  #asked = new Set();

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.state = state;
    this.node = byId("chips");
  }

  /** Takes in the names of actors by their ids. @param {Map<string, string>} names */
  learn(names) {
    const news = [...names].filter(([id, name]) => this.#names.get(id) !== name);
    news.forEach(([id, name]) => this.#names.set(id, name));
    if (news.some(([id]) => this.state.query.getAll("actor").includes(id))) this.show(this.state.query);
  }

  show(query) {
    const several = SEVERAL.flatMap((name) => query.getAll(name).map((value) => this.#chip(name, value, () => toggled(this.state.query, name, value))));
    const single = Object.keys(SINGLE)
      .filter((name) => query.get(name))
      .map((name) => this.#chip(name, query.get(name), () => changed(this.state.query, { [name]: null, cursor: null }), SINGLE[name]));
    const clear = el("button", { type: "button", class: "plain", onclick: () => this.state.go(new URLSearchParams()) }, "Clear all");
    const focused = this.node.contains(document.activeElement);
    replace(this.node, several, single, filters(query).size > 0 && clear);
    if (focused) (this.node.querySelector("button") ?? byId("q")).focus();
    query.getAll("actor").forEach((id) => this.#find(id));
  }

  #chip(name, value, without, words = name) {
    const shown = (name === "actor" && this.#names.get(value)) || value;
    const remove = () => this.state.go(without());
    return el("button", { type: "button", class: "chip", "aria-label": `Take away ${words} ${shown}`, onclick: remove }, el("span", { class: "quiet" }, words), el("bdi", {}, shown));
  }

  /** Asks for the name of an actor that is known by its id alone. */
  async #find(id) {
    if (this.#names.has(id) || this.#asked.has(id)) return;
    this.#asked.add(id);
    try {
      const { name } = await get(`v1/actors/${encodeURIComponent(id)}`);
      this.learn(new Map([[id, name]]));
    } catch {
      // the id itself says enough, and the list tells what is wrong with it
    }
  }
}
