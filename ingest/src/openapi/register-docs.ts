import type { FastifyInstance } from "fastify";
import type { Route } from "../http/route.ts";
import { docsPage } from "./docs-page.ts";
import { openapiDocument } from "./openapi-document.ts";

/** registerDocs serves `/openapi.json` and `/docs`, without a key. */
export function registerDocs(app: FastifyInstance, routes: readonly Route[], version: string): void {
  const document = openapiDocument(routes, version);
  const page = docsPage(routes, document);
  app.get("/openapi.json", async () => document);
  app.get("/docs", async (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header(
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      )
      .send(page),
  );
}
