export { createStore, type Store, type StoreOptions } from "./create-store.ts";
export type { EvaluationFilter, Evaluations } from "./evaluations/evaluations.ts";
export type { RecordRevision, Records } from "./records/records.ts";
