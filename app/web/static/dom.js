/** @file Elements of the page. Text always becomes a text node, so that nothing that an article says is ever read as markup. */

/** @typedef {Node | string | number | null | undefined | false | Array<Child>} Child */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. Attributes that are null or undefined are left out, `on*` are listeners; true is an empty
 * attribute and false none, but for those of ARIA.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same in SVG. @returns {SVGElement} */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || (value === false && !name.startsWith("aria-"))) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
  }
  add(node, children);
  return node;
}

function add(node, child) {
  if (Array.isArray(child)) child.forEach((one) => add(node, one));
  else if (child instanceof Node) node.append(child);
  else if (child !== null && child !== undefined && child !== false) node.append(String(child));
}

/** Puts these children in the place of all that a node holds. */
export function replace(node, ...children) {
  node.replaceChildren();
  add(node, children);
}

const busy = new WeakMap();

/** Marks a node as busy (`aria-busy`) until the task is done; of several tasks until all are. @template T @param {Promise<T>} task */
export async function whileBusy(node, task) {
  busy.set(node, (busy.get(node) ?? 0) + 1);
  node.setAttribute("aria-busy", "true");
  try {
    return await task;
  } finally {
    busy.set(node, busy.get(node) - 1);
    if (!busy.get(node)) node.removeAttribute("aria-busy");
  }
}

/** The element of that id; the page always has it. @returns {HTMLElement} */
export const byId = (id) => document.getElementById(id);
