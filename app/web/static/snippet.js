/** @file The words that put what the explorer shows into another page, to be copied from a dialog. */

import { byId, el } from "./dom.js";
import { filters } from "./state.js";

const HEIGHT = 560; // pixels: three lanes and the beginning of the list

/** Makes the explorer's button for it work; without one this site may not be framed. @param {import("./state.js").State} state */
export function offerEmbedding(state) {
  const button = byId("embed");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => show(embedded(state.query)));
}

/** The address of the page for frames that shows what the query finds. */
function embedded(query) {
  const asked = filters(query);
  for (const name of ["by", "sort"]) if (query.get(name)) asked.set(name, query.get(name));
  const page = new URL("embed", document.baseURI);
  page.search = asked.toString();
  return page.href;
}

/** The markup of a frame. An attribute of its own may not end early, whatever the filters hold. */
export function snippet(address) {
  const safe = address.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${safe}" title="Timeline of diplomatic acts" width="100%" height="${HEIGHT}" loading="lazy" style="border: 0"></iframe>`;
}

function show(address) {
  const text = el("textarea", { readonly: true, rows: 4, "aria-labelledby": "snippet-title", spellcheck: "false" });
  text.value = snippet(address);
  const told = el("p", { class: "quiet", role: "status" });
  const copy = el("button", { class: "primary", type: "button", onclick: () => copied(text, told) }, "Copy");
  const close = el("button", { type: "button", onclick: () => dialog.close() }, "Close");
  const dialog = el(
    "dialog",
    { class: "snippet", "aria-labelledby": "snippet-title" },
    el("h2", { id: "snippet-title" }, "Embed this timeline"),
    el("p", {}, "Put this into the page that is to show it. It has the filters that are in use now, and shows new events whenever it is loaded."),
    text,
    el("div", { class: "snippet-tools" }, told, el("a", { href: address, target: "_blank", rel: "noopener" }, "See how it looks"), close, copy),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  copy.focus();
}

async function copied(text, told) {
  text.select();
  try {
    await navigator.clipboard.writeText(text.value); // there is none where the page did not come by https
    told.textContent = "Copied.";
  } catch {
    text.focus();
    told.textContent = "Marked: copy it with your keyboard.";
  }
}
