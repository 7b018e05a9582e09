/**
 * @file Follows the change log while the reader looks: tells which events changed, some at a time. It goes on after the last change
 * that the page was made of, connects anew after a failure, and rests while the page is hidden or shows what was known on a day.
 */

import { address } from "./api.js";
import { byId } from "./dom.js";

const CHANGES = ["created", "updated", "merged", "split", "deleted"];
const PAUSE_MS = 250; // for what comes together to be looked at together
const BUSY_PAUSE_MS = 3000; // where they keep coming
const AGAIN_MS = 5000;

export class Live {
  #seq;
  #source = null;
  #ids = new Set();
  #timer = 0;
  #retry = 0;
  #looked = -Infinity;

  /**
   * @param {import("./state.js").State} state
   * @param {(ids: Set<string>) => void} changed told the ids of events that changed
   */
  constructor(state, changed) {
    this.state = state;
    this.changed = changed;
    this.#seq = byId("live").dataset.since;
    if (this.#seq === undefined) return; // the server had nothing to show
    state.listen(() => this.#follow());
    for (const name of ["visibilitychange", "pageshow"]) addEventListener(name, () => this.#follow());
    addEventListener("pagehide", () => this.#close());
    this.#follow();
  }

  /** Connects if the reader looks at what is now, and else does not. */
  #follow() {
    if (document.hidden || this.state.query.has("as_of")) this.#close();
    else if (!this.#source) this.#open();
  }

  #open() {
    clearTimeout(this.#retry);
    const source = new EventSource(address("v1/changes", new URLSearchParams({ since: this.#seq })));
    for (const name of CHANGES) source.addEventListener(name, (event) => this.#note(event));
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return; // the browser connects anew by itself
      this.#close();
      this.#retry = setTimeout(() => this.#follow(), AGAIN_MS);
    });
    this.#source = source;
  }

  #close() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  #note(event) {
    this.#seq = event.lastEventId;
    const { event: id, other } = JSON.parse(event.data);
    for (const one of [id, other]) if (one) this.#ids.add(one);
    const pause = performance.now() - this.#looked < BUSY_PAUSE_MS ? BUSY_PAUSE_MS : PAUSE_MS;
    this.#timer ||= setTimeout(() => this.#tell(), pause);
  }

  #tell() {
    this.#timer = 0;
    this.#looked = performance.now();
    const ids = this.#ids;
    this.#ids = new Set();
    this.changed(ids);
  }
}
