/** MISSING_SPELLINGS are the texts that say that a value is missing, exactly as written here. Lower-case `none` and `na` are names that classes and categories have. */
export const MISSING_SPELLINGS = [
  "",
  "null",
  "Null",
  "NULL",
  "None",
  "NONE",
  "NaN",
  "nan",
  "NAN",
  "-NaN",
  "-nan",
  "NA",
  "N/A",
  "n/a",
  "#N/A",
  "#NA",
  "<NA>",
  "NaT",
] as const;

/** TRUE_SPELLINGS are the texts that say true. */
export const TRUE_SPELLINGS = ["true", "True", "TRUE"] as const;

/** FALSE_SPELLINGS are the texts that say false. */
export const FALSE_SPELLINGS = ["false", "False", "FALSE"] as const;

/** SPACES are the characters that do not count at either end of a text. */
export const SPACES = " \t\r\n";

/** WHOLE_NUMBER_PATTERN matches a whole number that is written as a float (`1.0`, `-3.`); its first group is the number without the fraction. JavaScript and RE2 read it alike. */
export const WHOLE_NUMBER_PATTERN = "^(-?(?:0|[1-9][0-9]*))\\.0*$";

/** NUMBER_PATTERN matches a decimal number. Leading zeros make a text: `007` is a code. JavaScript and RE2 read it alike. */
export const NUMBER_PATTERN = "^[+-]?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?$";

/** INFINITY_PATTERN matches, in lower case, the infinities: missing numbers, as the SDK sends them. */
export const INFINITY_PATTERN = "^[+-]?inf(?:inity)?$";
