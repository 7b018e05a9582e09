/** @file How many events there are of whom and of what, as boxes to tick. */

import { Latest, get, problemBox } from "./api.js";
import { byId, el, replace } from "./dom.js";
import { filters, toggled } from "./state.js";

const TITLES = { actor: "Actors", kind: "Kinds of act", status: "Status", outlet: "Outlets", precision: "Precision of the date" };
const ALTERNATIVES = ["kind", "status", "outlet", "precision"]; // of these any of several counts: they are counted as if none were ticked
const MOST = 8;

export class Facets {
  #latest = new Latest();
  #open = false;

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.state = state;
    this.node = byId("facets");
  }

  /** Shows the counts under the query's filters. */
  async load(query) {
    try {
      const found = await this.#latest.run((signal) => counts(query, signal));
      if (found) this.#show(found, query);
    } catch (problem) {
      if (problem.status !== 422) replace(this.node, el("div", { class: "notice problem" }, problemBox(problem, () => this.load(query))));
    }
  }

  #show(found, query) {
    const focused = document.activeElement?.closest?.("#facets input")?.value;
    const sections = Object.entries(TITLES)
      .filter(([name]) => found[name]?.length)
      .map(([name, title]) => this.#section(name, title, found[name], query));
    const body = el("div", { class: "facets-body", id: "facets-body", hidden: !this.#open }, sections);
    const toggle = () => {
      this.#open = body.hidden;
      body.hidden = !this.#open;
      button.setAttribute("aria-expanded", this.#open);
    };
    const button = el("button", { type: "button", class: "facets-open", "aria-expanded": this.#open, "aria-controls": "facets-body", onclick: toggle }, "Narrow down");
    replace(this.node, button, body);
    this.node.hidden = sections.length === 0;
    if (focused) [...this.node.querySelectorAll("input")].find((one) => one.value === focused)?.focus();
  }

  #section(name, title, values, query) {
    const chosen = query.getAll(name);
    const boxes = values.slice(0, Math.max(MOST, chosen.length)).map(({ value, name: label, count }) => {
      const toggle = () => this.state.go(toggled(this.state.query, name, value));
      return el(
        "label",
        {},
        el("input", { type: "checkbox", name, value, checked: chosen.includes(value), onchange: toggle }),
        el("bdi", {}, label),
        el("span", { class: "number" }, count.toLocaleString("en")),
      );
    });
    return el("section", { "aria-label": title }, el("h2", {}, title), boxes);
  }
}

/** The counts of each facet. Of those whose values are alternatives, each is counted without its own filter. */
async function counts(query, signal) {
  const filtered = ALTERNATIVES.filter((name) => query.has(name));
  const together = Object.keys(TITLES).filter((name) => !filtered.includes(name));
  const groups = [[together, []], ...filtered.map((name) => [[name], [name]])];
  const answers = await Promise.all(
    groups.map(([names, without]) => {
      const asked = filters(query, without);
      names.forEach((name) => asked.append("facet", name));
      return get("v1/facets", asked, { signal });
    }),
  );
  return Object.assign({}, ...answers.map((answer) => answer.facets));
}
