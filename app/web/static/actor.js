/** @file An actor's page: the lane of its events above the list that the server wrote, and the colours of the kinds. */

import { address } from "./api.js";
import { byId } from "./dom.js";
import * as kinds from "./kinds.js";
import { Lanes } from "./lanes.js";

const node = byId("lane");
const actor = node.dataset.actor;
const explorer = (more) => location.assign(address("", new URLSearchParams([["actor", actor], ...more])));

const asked = new URLSearchParams(location.search);
for (const own of ["sort", "cursor", "limit"]) asked.delete(own);
for (const [name, value] of Object.entries({ actor, by: "actor", lane: actor, lanes: 1, items: 500 })) asked.set(name, value);

await kinds.load();
for (const tag of document.querySelectorAll(".tag.kind")) tag.classList.add(kinds.family(tag.textContent));
const lanes = new Lanes(node, asked, { open: (id) => explorer([["event", id]]), lane: () => explorer([]) });
if ((await lanes.load()) === 0 && lanes.trouble.hidden) node.hidden = true;
