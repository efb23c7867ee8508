import type { EngineError } from "../engine-error.ts";

/** NamedPart is a part of a table: what one insert or one merge has written. */
export interface NamedPart {
  database: string;
  table: string;
  part: string;
}

// https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
const UNREADABLE = new Set([
  6, // CANNOT_PARSE_TEXT
  27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  32, // ATTEMPT_TO_READ_AFTER_EOF
  33, // CANNOT_READ_ALL_DATA
  36, // BAD_ARGUMENTS
  40, // CHECKSUM_DOESNT_MATCH
  74, // CANNOT_READ_FROM_FILE_DESCRIPTOR
  76, // CANNOT_OPEN_FILE
  107, // FILE_DOESNT_EXIST
  117, // INCORRECT_DATA
  228, // BAD_SIZE_OF_FILE_IN_DATA_PART
  246, // CORRUPTED_DATA
  271, // CANNOT_DECOMPRESS
  1001, // STD_EXCEPTION
]);
const READING = /while reading from part (\S+?)\/? in table (\S+?)\.(\S+) \(/;

/** tornPartOf returns the part that could not be read, where that is what the engine says of a failed statement. */
export function tornPartOf({ code, message }: EngineError): NamedPart | undefined {
  if (!UNREADABLE.has(code)) return undefined;
  const match = READING.exec(message);
  if (match === null) return undefined;
  const [, path, database, table] = match;
  return { database: database!, table: table!, part: path!.slice(path!.lastIndexOf("/") + 1) };
}
