import { z } from "zod";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const YEAR_MS = 365.2425 * DAY_MS;
const WEEKS_A_YEAR = 52;
// 1970-01-01 was a Thursday: day 3 of a week that begins on Monday.
const EPOCH_WEEKDAY = 3;

/** seasonSchema names the rhythm by which a feature's windows are grouped: each is compared with its own kind. */
export const seasonSchema = z.enum(["none", "hour_of_day", "day_of_week", "hour_of_week", "time_of_year"]);

export type Season = z.infer<typeof seasonSchema>;

/** Rhythm is a season that comes back within a week. */
export type Rhythm = Exclude<Season, "time_of_year">;

const WEEKDAYS = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];

/** seasonsFor returns the rhythms that windows of `windowMs` can show, the plainest first. O(1). */
export function seasonsFor(windowMs: number): Rhythm[] {
  if (windowMs <= HOUR_MS && HOUR_MS % windowMs === 0)
    return ["none", "hour_of_day", "day_of_week", "hour_of_week"];
  if (windowMs < DAY_MS && DAY_MS % windowMs === 0)
    return ["none", "hour_of_day", "day_of_week", "hour_of_week"];
  return windowMs === DAY_MS ? ["none", "day_of_week"] : ["none"];
}

/** seasonSlot returns which slot of the rhythm a window that starts at `start` belongs to (UTC). Windows inside one hour share a slot. O(1). */
export function seasonSlot(season: Season, start: number, windowMs: number): number {
  const step = Math.max(HOUR_MS, windowMs);
  const day = Math.floor(start / DAY_MS);
  const weekday = (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
  const hourSlot = Math.floor((start - day * DAY_MS) / step);
  switch (season) {
    case "none":
      return 0;
    case "hour_of_day":
      return hourSlot;
    case "day_of_week":
      return weekday;
    case "hour_of_week":
      return weekday * Math.ceil(DAY_MS / step) + hourSlot;
    case "time_of_year":
      return Math.floor(yearShare(start + windowMs / 2) * WEEKS_A_YEAR);
    default:
      return season satisfies never;
  }
}

/** SEASON_SLOTS is in how many slots the year falls; each is compared with the windows within 24 days of its middle (`isInSeason`). */
export const SEASON_SLOTS = WEEKS_A_YEAR;
const SEASON_REACH_MS = 24.5 * DAY_MS;

/** hasTimeOfYear decides whether windows of `windowMs` are compared by the time of year: those of a day or longer are. O(1). */
export function hasTimeOfYear(windowMs: number): boolean {
  return windowMs >= DAY_MS;
}

/** isInSeason decides whether the middle of a window lies within 24 days of the middle of a slot of the year, whatever the year. O(1). */
export function isInSeason(slot: number, start: number, windowMs: number): boolean {
  const apart = Math.abs(yearShare(start + windowMs / 2) - (slot + 0.5) / WEEKS_A_YEAR);
  return Math.min(apart, 1 - apart) * YEAR_MS <= SEASON_REACH_MS;
}

function yearShare(time: number): number {
  const share = (time / YEAR_MS) % 1;
  return share < 0 ? share + 1 : share;
}

// No calendar has them: a rhythm that is one must show better by its own length than by these.
const FALSE_LENGTHS = [5 / 7, 6 / 7, 8 / 7, 9 / 7];

/**
 * falseSeasonSlots returns groupings like the rhythm's, by weeks of 5, 6, 8 and 9 days, or days of as much less or more: what it explains by its own length must
 * not come as well by these. None for `none`, and none that windows are too long to tell from the rhythm itself. O(1).
 */
export function falseSeasonSlots(season: Season, windowMs: number): ((start: number) => number)[] {
  const hourly = Math.max(HOUR_MS, windowMs);
  const [step, length] = ((): [number, number] => {
    switch (season) {
      case "none":
      // One year can't be laid out by years of another length; `doEndsMeet` says whether it is one.
      case "time_of_year":
        return [windowMs, 1];
      case "hour_of_day":
        return [hourly, DAY_MS / hourly];
      case "day_of_week":
        return [DAY_MS, 7];
      case "hour_of_week":
        return [hourly, (7 * DAY_MS) / hourly];
      default:
        return season satisfies never;
    }
  })();
  const lengths = new Set(FALSE_LENGTHS.map((share) => Math.round(share * length)));
  return [...lengths]
    .filter((slots) => slots > 1 && slots !== Math.round(length))
    .map((slots) => (start) => Math.floor(start / step) % slots);
}

/** seasonSlotName returns the slot in words: "Tuesdays", "06:00–12:00", "Tuesdays 06:00–12:00" (UTC), "weeks around 4 July"; empty without a rhythm. O(1). */
export function seasonSlotName(season: Season, start: number, windowMs: number): string {
  const step = Math.max(HOUR_MS, windowMs);
  const weekday = WEEKDAYS[seasonSlot("day_of_week", start, windowMs)]!;
  const from = seasonSlot("hour_of_day", start, windowMs) * step;
  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);
  const hours = `${clock(from)}–${from + step >= DAY_MS ? "24:00" : clock(from + step)}`;
  switch (season) {
    case "none":
      return "";
    case "hour_of_day":
      return hours;
    case "day_of_week":
      return weekday;
    case "hour_of_week":
      return `${weekday} ${hours}`;
    case "time_of_year":
      return `weeks around ${new Date(start + windowMs / 2).toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" })}`;
    default:
      return season satisfies never;
  }
}
