/** @file The API as any client reads it. What it refuses comes as a Problem, which says what would be accepted. */

import { el } from "./dom.js";

const TOKEN = "demarche-token";

/** From the page's address to the root of the explorer. */
export const root = document.documentElement.dataset.root ?? "";

/** A refusal: the problem document of the API, or what stands for one where no answer came. */
export class Problem extends Error {
  constructor({ title, detail, status = 0, errors = [] }) {
    super(detail);
    Object.assign(this, { title, detail, status, errors });
  }
}

/** @param {string} path below the root @param {URLSearchParams} [query] */
export function get(path, query, { signal } = {}) {
  return answered(address(path, query), { signal });
}

/** Sends an object as JSON. */
export function post(path, body, { signal } = {}) {
  return answered(address(path), {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
    signal,
  });
}

/** The address of a path under the root. */
export function address(path, query) {
  const text = query?.toString();
  return `${root}${path}${text ? `?${text}` : ""}`;
}

/** The address of an actor's page. */
export const actorPage = (id) => address(`actors/${encodeURIComponent(id)}`);

/** Keeps the token that reading takes here, for as long as the tab is open. */
export const keepToken = (token) => sessionStorage.setItem(TOKEN, token);

/** The token that was kept; none where the browser keeps nothing, as in another site's frame. */
function keptToken() {
  try {
    return sessionStorage.getItem(TOKEN);
  } catch {
    return null;
  }
}

async function answered(url, { headers = {}, ...options }) {
  const token = keptToken();
  let answer;
  try {
    answer = await fetch(url, { ...options, headers: { Accept: "application/json", ...headers, ...(token && { Authorization: `Bearer ${token}` }) } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ title: "The server cannot be reached", detail: "Look at the connection, and try again." });
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Problem({ title: "The server failed", detail: "It gave no reason.", ...body, status: answer.status });
}

/** Runs one task at a time: a new one ends the one before, whose answer would come too late. */
export class Latest {
  #controller = null;

  /** What the task gives, or undefined where a later one took its place. @param {(signal: AbortSignal) => Promise<any>} task */
  async run(task) {
    this.#controller?.abort();
    const controller = (this.#controller = new AbortController());
    try {
      const found = await task(controller.signal);
      return controller.signal.aborted ? undefined : found;
    } catch (error) {
      if (controller.signal.aborted || error.name === "AbortError") return undefined;
      throw error;
    }
  }
}

/** A refusal as the page shows it; `again` is what the button does, if there is one. */
export function problemBox(problem, again) {
  const errors = (problem.errors ?? []).map((one) => el("li", {}, el("code", {}, `${one.parameter}=${one.value}`), `: ${one.accepted.startsWith("use ") ? "" : "use "}${one.accepted}`));
  return [
    el("strong", {}, problem.title ?? "The page failed"),
    errors.length ? el("ul", {}, errors) : el("p", {}, problem.detail ?? String(problem)),
    problem.status === 401 || problem.status === 403 ? tokenForm() : null,
    again && problem.status !== 422 ? el("button", { type: "button", onclick: again }, "Try again") : null,
  ];
}

function tokenForm() {
  const field = el("input", { type: "password", id: "token", autocomplete: "off", required: true });
  const keep = (event) => {
    event.preventDefault();
    keepToken(field.value.trim());
    location.reload();
  };
  return el("form", { onsubmit: keep }, el("label", { for: "token" }, "Token"), field, el("button", {}, "Use it"));
}
