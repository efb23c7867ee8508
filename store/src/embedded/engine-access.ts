import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** SPOOL_ROLE is the role in which a statement may read files: only for rows that the engine's front has put into its own spool. */
export const SPOOL_ROLE = "spool_reader";

const GRANTS = [
  "SELECT, INSERT, ALTER, CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP DATABASE, DROP TABLE, DROP VIEW, TRUNCATE, OPTIMIZE, SHOW, CHECK, KILL QUERY, SYSTEM MERGES ON *.*",
  "SET DEFINER ON *",
  SPOOL_ROLE,
];

// Settings by which a statement could read or write a file, ask a host, or have a text evaluated that nobody has looked at.
const FIXED_SETTINGS = [
  "merge_tree_disk",
  "merge_tree_storage_policy",
  "merge_tree_table_disk",
  "format_schema",
  "output_format_schema",
  "format_template_row",
  "format_template_resultset",
  "format_avro_schema_registry_url",
  "additional_result_filter",
  "additional_table_filters",
  "parallel_replicas_custom_key",
  "allow_introspection_functions",
  "input_format_values_interpret_expressions",
  "input_format_values_deduce_templates_of_expressions",
];

// In rows of VALUES an expression would be evaluated: they hold values only.
const VALUES_ONLY = [
  "<input_format_values_interpret_expressions>0</input_format_values_interpret_expressions>",
  "<input_format_values_deduce_templates_of_expressions>0</input_format_values_deduce_templates_of_expressions>",
].join("");

/**
 * writeEngineAccess writes into `folder` what statements may do (an allow-list that the engine itself enforces: tables and views, no files, hosts, users or programs) and
 * returns the arguments with which the engine takes it.
 */
export function writeEngineAccess(folder: string): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const usersPath = join(folder, "users.xml");
  const configPath = join(folder, "config.xml");
  const constraints = FIXED_SETTINGS.map((name) => `<${name}><readonly/></${name}>`).join("");
  const grants = GRANTS.map((grant) => `<query>GRANT ${grant}</query>`).join("");
  const users = `<clickhouse>
<profiles><default>${VALUES_ONLY}<constraints>${constraints}</constraints></default></profiles>
<quotas><default></default></quotas>
<roles><${SPOOL_ROLE}><grants><query>GRANT READ ON FILE</query></grants></${SPOOL_ROLE}></roles>
<users><default><password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota><grants>${grants}</grants></default></users>
</clickhouse>
`;
  const config = `<clickhouse><users_config>${xmlText(usersPath)}</users_config></clickhouse>\n`;
  writeFileSync(usersPath, users, { mode: 0o600 });
  writeFileSync(configPath, config, { mode: 0o600 });
  return [`--config-file=${configPath}`];
}

function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
