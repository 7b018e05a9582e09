/** @file Actors that fit what is typed into the search box: a list that arrow keys and a pointer can work (ARIA combobox). */

import { Latest, get } from "./api.js";
import { byId, el, replace } from "./dom.js";
import { counted } from "./words.js";

const PAUSE_MS = 120;

export class Suggestions {
  #latest = new Latest();
  #timer = 0;
  #at = -1;
  #found = [];

  /** @param {(actor: {id: string, name: string}) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.field = byId("q");
    this.node = byId("suggestions");
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false" };
    Object.entries(combobox).forEach(([name, value]) => this.field.setAttribute(name, value));
    this.field.addEventListener("input", () => this.#soon());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => this.close());
    this.node.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus
      const chosen = event.target.closest("li");
      if (chosen) this.#take(Number(chosen.dataset.at));
    });
  }

  close() {
    clearTimeout(this.#timer);
    this.#latest.run(async () => undefined);
    this.#found = [];
    this.#draw();
  }

  #soon() {
    clearTimeout(this.#timer);
    const typed = this.field.value.trim();
    if (typed.length < 2) this.close();
    else this.#timer = setTimeout(() => this.#ask(typed), PAUSE_MS);
  }

  async #ask(typed) {
    try {
      const found = await this.#latest.run((signal) => get("v1/actors", new URLSearchParams({ q: typed, active: "true", limit: "50" }), { signal }));
      if (!found) return;
      this.#found = found.actors.sort((one, other) => other.event_count - one.event_count).slice(0, 8);
    } catch {
      this.#found = []; // the search itself still works
    }
    this.#draw();
  }

  #key(event) {
    if (event.key === "Escape" && this.#found.length) {
      event.preventDefault();
      this.close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && this.#found.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#draw((this.#at + step + this.#found.length + (this.#at < 0 && step < 0 ? 1 : 0)) % this.#found.length);
    } else if (event.key === "Enter" && this.#at >= 0) {
      event.preventDefault();
      this.#take(this.#at);
    }
  }

  #take(at) {
    const actor = this.#found[at];
    this.field.value = "";
    this.close();
    this.choose(actor);
  }

  #draw(at = -1) {
    this.#at = at;
    replace(
      this.node,
      this.#found.map((actor, number) =>
        el(
          "li",
          { role: "option", id: `suggestion-${number}`, "data-at": number, "aria-selected": number === at },
          el("bdi", {}, actor.name),
          el("span", { class: "quiet" }, `${actor.kind}, ${counted(actor.event_count, "event")}`),
        ),
      ),
    );
    this.node.hidden = this.#found.length === 0;
    this.field.setAttribute("aria-expanded", !this.node.hidden);
    if (at >= 0) this.field.setAttribute("aria-activedescendant", `suggestion-${at}`);
    else this.field.removeAttribute("aria-activedescendant");
  }
}
