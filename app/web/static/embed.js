/** @file The page for frames: lanes above the short list that the server wrote. What is chosen opens in a window of its own. */

import { address } from "./api.js";
import { byId } from "./dom.js";
import * as kinds from "./kinds.js";
import { Lanes } from "./lanes.js";
import { changed, filters, toggled } from "./state.js";

const query = new URLSearchParams(location.search);
const open = (shown) => window.open(address("", shown), "_blank", "noopener");
const by = query.get("by") ?? "actor";

const asked = filters(query);
for (const [name, value] of Object.entries({ by, lanes: 3, items: 500 })) asked.set(name, value);

const node = byId("lane");
if (node) {
  await kinds.load().catch(() => undefined); // without them all are of one colour
  for (const tag of document.querySelectorAll(".tag.kind")) tag.classList.add(kinds.family(tag.textContent));
  const lanes = new Lanes(node, asked, {
    open: (id) => open(changed(query, { event: id, limit: null })),
    lane: (value) => open(toggled(changed(query, { limit: null }), by, value)),
  });
  if ((await lanes.load()) === 0 && lanes.trouble.hidden) node.hidden = true;
}
