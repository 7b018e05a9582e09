/** @file Which family a kind of act belongs to: five of them have a colour of their own. */

import { get } from "./api.js";

export const FAMILIES = {
  talk: "Talks and statements",
  accord: "Agreement and support",
  paperwork: "Proposals and papers",
  pressure: "Pressure and force",
  other: "Other",
};

const OF = {
  talk: ["consultation", "statement"],
  accord: ["agreement", "aid", "concession", "cooperation", "retreat", "support"],
  paperwork: ["delivery", "proposal", "publication", "request", "response"],
  pressure: ["accusation", "assault", "coercion", "mobilization", "protest", "rejection", "sanction", "threat"],
};
const ROOTS = new Map(Object.entries(OF).flatMap(([family, kinds]) => kinds.map((kind) => [kind, family])));
const parents = new Map();

/** Asks the API for all kinds, once. */
export async function load() {
  const { kinds } = await get("v1/kinds");
  kinds.forEach((kind) => parents.set(kind.id, kind.parent));
}

/** The family of a kind; that of one which is not known is `other`. */
export function family(kind) {
  let one = kind;
  while (parents.get(one)) one = parents.get(one);
  return ROOTS.get(one) ?? "other";
}
