const TARGET =
  /^((?:\s|--[^\n]*\n)*(?:CREATE (?:TABLE|MATERIALIZED VIEW|DATABASE)(?: IF NOT EXISTS)?|ALTER TABLE|DROP TABLE(?: IF EXISTS)?)\s+)(\w+)/;
const MERGE_TREE = /\bENGINE = (\w*MergeTree)\b(?:\(([^)]*)\))?/;

/**
 * renderStatement returns a migration's statement as this installation runs it: unchanged on a single node; on a cluster run on every node, with
 * replicated tables, whose repeated inserts are known by the replicated window. The servers' `{shard}` and `{replica}` macros must be set.
 */
export function renderStatement(statement: string, cluster: string | undefined): string {
  if (cluster === undefined) return statement;
  return statement
    .replace(TARGET, (_, before: string, name: string) => `${before}${name} ON CLUSTER ${cluster}`)
    .replace(MERGE_TREE, (_, engine: string, parameters: string | undefined) => {
      const own = parameters === undefined || parameters.trim() === "" ? "" : `, ${parameters}`;
      return `ENGINE = Replicated${engine}('/clickhouse/tables/{shard}/{database}/{table}', '{replica}'${own})`;
    })
    .replace("non_replicated_deduplication_window", "replicated_deduplication_window");
}
