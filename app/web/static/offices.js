/** @file The offices that a person held on a day. */

import { bucketDays, parseDay } from "./scale.js";

/**
 * In words, such as "foreign minister", of those held on that day; none for an actor without any.
 * @param {{tenures?: {office: string, start: string | null, end: string | null}[], state: string | null}} actor
 * @param {string | null} day such as 2021-12-15
 * @returns {string[]}
 */
export function officesOn(actor, day) {
  if (!day) return [];
  const on = parseDay(day);
  const held = (actor.tenures ?? []).filter(({ start, end }) => (!start || bucketDays(start)[0] <= on) && (!end || on < bucketDays(end)[1])); // of a year or month all days count
  return [...new Set(held.map(({ office }) => words(office, actor.state)))];
}

/** The id of an office without the state or organisation that it begins with. */
function words(office, state) {
  const own = state && office.startsWith(`${state.toLowerCase()}-`) ? office.slice(state.length + 1) : office;
  return own.replaceAll("-", " ");
}
