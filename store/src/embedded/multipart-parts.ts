/** multipartParts returns the named text parts of a `multipart/form-data` body, as `@clickhouse/client` sends long parameters. */
export function multipartParts(contentType: string, body: Buffer): [string, string][] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const parts: [string, string][] = [];
  for (const part of body.toString("utf8").split(`--${boundary}`).slice(1, -1)) {
    const headerEnd = part.indexOf("\r\n\r\n");
    const name = /name="([^"]+)"/.exec(part.slice(0, headerEnd))?.[1];
    if (headerEnd === -1 || name === undefined) continue;
    parts.push([name, part.slice(headerEnd + 4, -2)]);
  }
  return parts;
}
