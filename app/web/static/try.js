/** @file The trial of a text: sends it to POST /v1/resolve and shows what would be read in it. */

import { Latest, post, problemBox } from "./api.js";
import { byId, replace } from "./dom.js";
import * as kinds from "./kinds.js";
import { shown } from "./reading.js";

const form = byId("try");
const field = form.elements.text;
const submit = form.querySelector("[type=submit]");
const most = Number(form.dataset.most);
const latest = new Latest();
const known = kinds.load().catch(() => undefined); // without them every act has the same colour

/** What is sent. */
function body() {
  const date = form.elements.date.value.trim();
  return { text: field.value, ...(date && { date }) };
}

/** Says how much of a text is too much, before it is sent. */
function measure() {
  const bytes = new TextEncoder().encode(JSON.stringify(body())).length;
  const said = bytes > most ? `This text is too long: it takes ${bytes.toLocaleString("en")} bytes, and at most ${most.toLocaleString("en")} are read. Cut it into parts.` : "";
  field.setCustomValidity(said);
  byId("text-size").textContent = said;
}

async function read() {
  submit.textContent = "Reading…";
  form.setAttribute("aria-busy", "true");
  try {
    const sent = body();
    const found = await latest.run((signal) => post("v1/resolve", sent, { signal }));
    await known;
    if (found) show(found, sent.text);
  } catch (problem) {
    byId("reading").hidden = true;
    replace(byId("try-problem"), problemBox(problem, read));
    byId("try-problem").hidden = false;
  }
  form.removeAttribute("aria-busy");
  submit.textContent = "Read it";
}

function show(found, text) {
  byId("try-problem").hidden = true;
  const node = byId("reading");
  replace(node, shown(found, text));
  node.hidden = false;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "start" });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  read();
});
field.addEventListener("input", measure);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
byId("example").addEventListener("click", (event) => {
  field.value = event.currentTarget.dataset.text;
  form.elements.date.value = "";
  measure();
  form.requestSubmit();
});
form.hidden = false;
