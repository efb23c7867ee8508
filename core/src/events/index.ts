export { CHANGE_WORDS, changeDistance, changeLine, changeTitle } from "./change-words.ts";
export { changeSpan, changesBefore, MOST_CHANGES } from "./changes-before.ts";
export { CHANGE_RECORDS, type RecordChanged, recordChanged } from "./record-changed.ts";
export { type SeenVersion, versionSeen } from "./version-seen.ts";
