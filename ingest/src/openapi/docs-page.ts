import type { Route } from "../http/route.ts";

const STYLE = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--dim:color-mix(in srgb,currentColor 65%,transparent)}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}h2{margin-top:2.5rem;text-transform:capitalize;border-bottom:1px solid var(--line)}
p,small{color:var(--dim)}code,pre{font:13px/1.45 ui-monospace,monospace}
details{border-bottom:1px solid var(--line);padding:.5rem 0}summary{cursor:pointer;display:grid;grid-template-columns:4rem 1fr;gap:.5rem}
summary b{font:600 13px/1.9 ui-monospace,monospace}summary span{grid-column:2;color:var(--dim)}
pre{overflow:auto;max-height:24rem;padding:.75rem;border:1px solid var(--line);border-radius:.4rem}
`;

/** docsPage returns a page that shows an OpenAPI document of the route table: no script, nothing from elsewhere. */
export function docsPage(routes: readonly Route[], document: Record<string, unknown>): string {
  const paths = document["paths"] as Record<string, Record<string, unknown>>;
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const sections = tags.map((tag) => {
    const calls = routes.filter((route) => route.tag === tag).map((route) => callOf(route, paths));
    return `<h2>${escapeHtml(tag)}</h2>${calls.join("")}`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Leeway API</title><style>${STYLE}</style><h1>Leeway API</h1>
<p>Send <code>Authorization: Bearer lw_…</code>. The same as data: <a href="/openapi.json">openapi.json</a>.</p>${sections.join("")}</html>`;
}

function callOf(route: Route, paths: Record<string, Record<string, unknown>>): string {
  const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
  const operation = paths[path]?.[route.method.toLowerCase()] as Record<string, unknown>;
  const { parameters, requestBody, responses } = operation;
  return `<details><summary><b>${route.method}</b><code>${escapeHtml(path)}</code><span>${escapeHtml(route.summary)}</span></summary>
<p>Scope: <code>${route.scope}</code></p>${block("Parameters", parameters)}${block("Body", requestBody)}${block("Answer", responses)}</details>`;
}

function block(title: string, value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "";
  return `<small>${title}</small><pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
