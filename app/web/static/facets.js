/** @file How many events there are of whom and of what, as boxes to tick. */

import { Latest, get, problemBox } from "./api.js";
import { byId, el, replace, whileBusy } from "./dom.js";
import { changed, filters, toggled } from "./state.js";

const TITLES = { actor: "Actors", kind: "Kinds of act", status: "Status", outlet: "Outlets", precision: "Precision of the date" };
const ALTERNATIVES = ["kind", "status", "outlet", "precision"]; // of these any of several counts: they are counted as if none were ticked
const REPORTS = { min_sources: ["2", "told by several articles"], conflict: ["true", "articles differ on the date"] };
const MOST = 8;
const PAUSE_MS = 350;

export class Facets {
  #latest = new Latest();
  #isOpen = false;

  /**
   * @param {import("./state.js").State} state
   * @param {(names: Map<string, string>) => void} named told the names of actors by their ids
   */
  constructor(state, named) {
    this.state = state;
    this.named = named;
    this.node = byId("facets");
    this.node.hidden = false;
    replace(this.node, el("p", { class: "facets-wait quiet" }, "Counting…"));
  }

  /** Shows the counts under the query's filters; of moves that follow one another (`isMove`) only the last is counted. */
  async load(query, { isMove = false } = {}) {
    try {
      const found = await whileBusy(this.node, this.#latest.run((signal) => counts(query, signal, isMove ? PAUSE_MS : 0)));
      if (found) this.#show(found, query);
    } catch (problem) {
      this.node.hidden = [401, 403].includes(problem.status); // the list tells of it
      if (problem.status !== 422) replace(this.node, el("div", { class: "notice problem" }, problemBox(problem, () => this.load(query))));
    }
  }

  #show(found, query) {
    const focused = document.activeElement?.closest?.("#facets input")?.value;
    this.named(new Map((found.actor ?? []).map(({ value, name }) => [value, name])));
    const sections = Object.entries(TITLES)
      .filter(([name]) => found[name]?.length)
      .map(([name, title]) => this.#section(title, this.#values(name, found[name], query)));
    if (sections.length) sections.push(this.#section("Reports", Object.entries(REPORTS).map(([name, value]) => this.#flag(name, ...value, query))));
    const body = el("div", { class: "facets-body", id: "facets-body", hidden: !this.#isOpen }, sections);
    const toggle = () => {
      this.#isOpen = body.hidden;
      body.hidden = !this.#isOpen;
      button.setAttribute("aria-expanded", this.#isOpen);
    };
    const button = el("button", { type: "button", class: "facets-open", "aria-expanded": this.#isOpen, "aria-controls": "facets-body", onclick: toggle }, "Narrow down");
    replace(this.node, button, body);
    this.node.hidden = sections.length === 0;
    if (focused) [...this.node.querySelectorAll("input")].find((one) => one.value === focused)?.focus();
  }

  #section = (title, boxes) => el("section", { "aria-label": title }, el("h2", {}, title), boxes);

  #values(name, values, query) {
    const chosen = query.getAll(name);
    return values.slice(0, Math.max(MOST, chosen.length)).map(({ value, name: label, count }) => {
      const toggle = () => this.state.go(toggled(this.state.query, name, value));
      return box({ name, value, checked: chosen.includes(value), onchange: toggle }, label, count.toLocaleString("en"));
    });
  }

  #flag(name, value, label, query) {
    const toggle = (event) => this.state.go(changed(this.state.query, { [name]: event.target.checked ? value : null, cursor: null }));
    return box({ name, value, checked: query.get(name) === value, onchange: toggle }, label, null);
  }
}

const box = (attributes, label, number) =>
  el("label", {}, el("input", { type: "checkbox", ...attributes }), el("bdi", {}, label), number && el("span", { class: "number" }, number));

/** The counts of each facet. Of those whose values are alternatives, each is counted without its own filter. */
async function counts(query, signal, pause) {
  if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
  signal.throwIfAborted();
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
