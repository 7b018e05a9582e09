/**
 * @file Days as whole numbers, counted from January 1, 1970, without a time zone: the same everywhere. Months and years by the
 * calendar of ISO 8601; years 1 to 9999.
 */

const DAY_MS = 86_400_000;
export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** The number of a day of the calendar; months from 1, and one beyond the year's end is of the next year. */
export function dayNumber(year, month = 1, day = 1) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY_MS);
}

/** Year, month (from 1) and day of a day's number. */
export function civil(number) {
  const date = new Date(Math.floor(number) * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export const FIRST = dayNumber(1);
export const LAST = dayNumber(9999, 12, 31);

/** The number of a day such as 2021-12-15. */
export function parseDay(text) {
  const [year, month, day] = text.split("-").map(Number);
  return dayNumber(year, month, day);
}

/** The day as ISO 8601 writes it. */
export function isoDay(number) {
  const { year, month, day } = civil(number);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Where a bucket such as 2021-12-15, 2021-12, 2021, 202X or 20XX begins, and where the next one does. */
export function bucketDays(name) {
  const years = 10 ** (name.match(/X/g)?.length ?? 0);
  const [year, month, day] = name.replaceAll("X", "0").split("-").map(Number);
  if (day) return [dayNumber(year, month, day), dayNumber(year, month, day + 1)];
  if (month) return [dayNumber(year, month), dayNumber(year, month + 1)];
  return [dayNumber(Math.max(year, 1)), dayNumber(year + years)];
}

/** The days of an event, both ends inside; an end that is not known is that of the calendar. */
export function eventDays(event) {
  return [event.first_day ? parseDay(event.first_day) : FIRST, (event.last_day ? parseDay(event.last_day) : LAST) + 1];
}

const STEPS = [
  { unit: "day", by: 1, days: 1, room: 34 },
  { unit: "day", by: 7, days: 7 },
  { unit: "month", by: 1, days: 30.4 },
  { unit: "month", by: 3, days: 91.3 },
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((by) => ({ unit: "year", by, days: by * 365.25 })),
];

/**
 * The lines of an axis: the finest step whose labels have so much room, and a label above them where it needs one.
 * @returns {{day: number, label: string, over: string | null}[]}
 */
export function ticks(from, to, width, room = 64) {
  const perDay = width / (to - from);
  const step = STEPS.find((one) => one.days * perDay >= (one.room ?? room)) ?? STEPS.at(-1);
  const found = [];
  for (let day = begin(step, from); day < to && found.length < 400; day = after(step, day)) {
    if (day >= from) found.push({ day, ...labels(step, day, found.length === 0) });
  }
  return found;
}

function begin({ unit, by }, from) {
  const { year, month } = civil(from);
  if (unit === "year") return dayNumber(Math.max(1, Math.floor(year / by) * by));
  if (unit === "month") return dayNumber(year, Math.floor((month - 1) / by) * by + 1);
  return by === 1 ? Math.floor(from) : Math.floor((Math.floor(from) + 3) / 7) * 7 - 3; // weeks begin on Monday
}

function after({ unit, by }, day) {
  const { year, month } = civil(day);
  if (unit === "year") return dayNumber(year === 1 && by > 1 ? by : year + by);
  return unit === "month" ? dayNumber(year, month + by) : day + by;
}

function labels({ unit, by }, day, isFirst) {
  const { year, month, day: number } = civil(day);
  if (unit === "year") return { label: String(year), over: null };
  if (unit === "month") return { label: MONTHS[month - 1].slice(0, 3), over: isFirst || month <= by ? String(year) : null };
  return { label: String(number), over: isFirst || number <= by ? `${MONTHS[month - 1]} ${year}` : null };
}

/** A range in which nothing lies beyond the calendar, no narrower than two days. */
export function within(from, to) {
  const width = Math.min(Math.max(to - from, 2), LAST + 1 - FIRST);
  const middle = (from + to) / 2;
  const start = Math.min(Math.max(middle - width / 2, FIRST), LAST + 1 - width);
  return { from: start, to: start + width };
}

/** The range as the API's `datetime` has it: whole days, both ends inside. */
export function rangeText({ from, to }) {
  return `${isoDay(Math.floor(from + 1e-6))}/${isoDay(Math.max(Math.floor(from + 1e-6), Math.ceil(to - 1e-6) - 1))}`;
}
