/** @file What the page shows is what its address says: the state is the query, and going somewhere is a step of the history. */

/** The filters that may have several values. */
export const SEVERAL = ["actor", "kind", "status", "outlet", "precision"];

const OWN = ["by", "event", "cursor", "limit", "sort"];

/**
 * The query with other values for some parameters: a text, several, or null for none.
 * @param {URLSearchParams} query
 * @param {Record<string, string | string[] | null>} changes
 */
export function changed(query, changes) {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of [value].flat()) if (one) next.append(name, one);
  }
  return next;
}

/** The query with one value of a parameter that may have several put in, or taken out if it is there. */
export function toggled(query, name, value) {
  const values = query.getAll(name);
  return changed(query, { [name]: values.includes(value) ? values.filter((one) => one !== value) : [...values, value], cursor: null });
}

/** What the API is asked with: the filters alone, but for those in `without`. */
export function filters(query, without = []) {
  const found = new URLSearchParams();
  for (const [name, value] of query) {
    if (value && !OWN.includes(name) && !without.includes(name)) found.append(name, value);
  }
  return found;
}

/** The address of a query, as people can read it. */
export function address(query) {
  const text = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",");
  return text ? `?${text}` : location.pathname;
}

/** The names of the parameters in which two queries differ. @returns {Set<string>} */
export function difference(one, other) {
  const names = new Set([...one.keys(), ...other.keys()]);
  return new Set([...names].filter((name) => one.getAll(name).join("\0") !== other.getAll(name).join("\0")));
}

/** The state of the page: tells its listeners of every change, the user's own and those of the back button. */
export class State {
  #listeners = [];

  constructor() {
    this.query = new URLSearchParams(location.search);
    addEventListener("popstate", () => this.#become(new URLSearchParams(location.search)));
  }

  /** @param {(query: URLSearchParams, names: Set<string>) => void} listener told the query, and what changed in it */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Goes on to a query. Steps with the same `gesture`, one right after the other, are one step of the history. */
  go(query, { gesture = null } = {}) {
    if (difference(this.query, query).size === 0) return;
    const again = gesture !== null && history.state?.gesture === gesture;
    history[again ? "replaceState" : "pushState"]({ gesture }, "", address(query));
    this.#become(query);
  }

  #become(query) {
    const names = difference(this.query, query);
    this.query = query;
    this.#listeners.forEach((listener) => listener(query, names));
  }
}
