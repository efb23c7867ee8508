/** uploadCommand returns the command that makes a file the reference of a version. */
export function uploadCommand({
  url,
  model,
  version,
}: {
  url: string;
  model: string;
  version: string;
}): string {
  const query = `version=${encodeURIComponent(version)}&mapping=%7B%22score%22%3A%22p%22%2C%22label%22%3A%22y%22%7D`;
  return `curl "${url}/v1/models/${encodeURIComponent(model)}/references?${query}" \\
  -H "authorization: Bearer $LEEWAY_API_KEY" -H "content-type: text/csv" --data-binary @training.csv

# or with the SDK's command, which reads the mapping as it stands:
leeway reference upload training.csv --model ${shellWord(model)} --version ${shellWord(version)} --mapping '{"score":"p","label":"y"}'`;
}

/** A name may hold anything: in single quotes a shell leaves it alone. */
function shellWord(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
