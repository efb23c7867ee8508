/** UnitChange is a way in which an upstream system can restate a number without its meaning changing. */
export interface UnitChange {
  /** In words for a message: "multiplied by 1.609 (miles to kilometres)". */
  description: string;
  /** What the reference's values become: factor · x + offset. */
  factor: number;
  offset: number;
}

const scale = (factor: number, words: string): UnitChange => ({
  description:
    factor >= 1 ? `multiplied by ${plain(factor)} (${words})` : `divided by ${plain(1 / factor)} (${words})`,
  factor,
  offset: 0,
});

/** UNIT_CHANGES are the restatements recognised by name; the list is closed so that a coincidence is unlikely. */
export const UNIT_CHANGES: readonly UnitChange[] = [
  scale(1.609344, "miles to kilometres"),
  scale(1 / 1.609344, "kilometres to miles"),
  scale(1000, "a change of unit by a thousand, such as kilo- to plain or seconds to milliseconds"),
  scale(1 / 1000, "a change of unit by a thousand, such as plain to kilo- or milliseconds to seconds"),
  scale(100, "fractions to percent, or units to hundredths such as dollars to cents"),
  scale(1 / 100, "percent to fractions, or hundredths to units such as cents to dollars"),
  scale(60, "minutes to seconds, or hours to minutes"),
  scale(1 / 60, "seconds to minutes, or minutes to hours"),
  scale(3600, "hours to seconds"),
  scale(1 / 3600, "seconds to hours"),
  scale(2.2046226, "kilograms to pounds"),
  scale(1 / 2.2046226, "pounds to kilograms"),
  scale(3.2808399, "metres to feet"),
  scale(0.3048, "feet to metres"),
  scale(2.54, "inches to centimetres"),
  scale(1 / 2.54, "centimetres to inches"),
  scale(3.7854118, "US gallons to litres"),
  scale(1 / 3.7854118, "litres to US gallons"),
  scale(1e6, "a change of unit by a million"),
  scale(1e-6, "a change of unit by a million"),
  scale(12, "years to months, or feet to inches"),
  scale(1 / 12, "months to years, or inches to feet"),
  scale(7, "weeks to days"),
  scale(1 / 7, "days to weeks"),
  scale(3.6, "metres per second to kilometres per hour"),
  scale(1 / 3.6, "kilometres per hour to metres per second"),
  scale(0.750062, "hectopascals to millimetres of mercury"),
  scale(1 / 0.750062, "millimetres of mercury to hectopascals"),
  scale(24, "days to hours"),
  scale(1 / 24, "hours to days"),
  { description: "converted from °C to °F", factor: 1.8, offset: 32 },
  { description: "converted from °F to °C", factor: 1 / 1.8, offset: -32 / 1.8 },
  { description: "converted from °C to K", factor: 1, offset: 273.15 },
  { description: "converted from K to °C", factor: 1, offset: -273.15 },
  { description: "flipped in sign", factor: -1, offset: 0 },
];

function plain(factor: number): string {
  return Number(factor.toPrecision(4)).toLocaleString("en-US", { maximumFractionDigits: 3 });
}
