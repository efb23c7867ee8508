import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import type { KeyDirectory } from "./auth/key-directory.ts";
import type { ByteBudget } from "./body/byte-budget.ts";
import { answerError, registerErrorHandling } from "./http/error-handling.ts";
import { type OnRefusedKey, registerRoute } from "./http/register-route.ts";
import type { Route } from "./http/route.ts";
import { registerSystemRoutes, type SystemState } from "./http/system-routes.ts";
import { registerDocs } from "./openapi/register-docs.ts";
import { registerSlackClicks, type SlackClicks } from "./slack/slack-clicks.ts";

export interface AppDeps {
  routes: readonly Route[];
  keys: KeyDirectory;
  budget: ByteBudget;
  system: SystemState;
  /** Takes clicks on buttons in Slack; absent where Slack has no secret to sign them with. */
  slack?: SlackClicks;
  /** Of the API, for its documentation. */
  version: string;
  onServed: (route: string, status: number, ms: number) => void;
  onRefusedKey?: OnRefusedKey;
  logger?: FastifyServerOptions["logger"];
}

/** createApp builds the HTTP application over its route table; it listens to nothing. */
export function createApp(deps: AppDeps): FastifyInstance {
  const app = Fastify({
    logger: deps.logger ?? false,
    disableRequestLogging: true,
    genReqId: () => crypto.randomUUID(),
    // The largest stream takes minutes; bodies have deadlines of their own.
    requestTimeout: 600_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 512 },
    forceCloseConnections: "idle",
    // What the router refuses by itself (an address that can't be decoded) is answered like everything else.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    return503OnClosing: true,
  });
  // Routes read their bodies themselves: limits, decompression and budget are theirs.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null, undefined));
  registerErrorHandling(app);
  app.addHook("onSend", (request, reply, _payload, done) => {
    void reply.header("x-content-type-options", "nosniff").header("x-request-id", request.id);
    if (request.url.startsWith("/v1/")) void reply.header("cache-control", "no-store");
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    deps.onServed(request.routeOptions.url ?? "unknown", reply.statusCode, reply.elapsedTime);
    done();
  });
  registerSystemRoutes(app, deps.system);
  if (deps.slack !== undefined) registerSlackClicks(app, deps.slack, deps.budget);
  registerDocs(app, deps.routes, deps.version);
  for (const route of deps.routes) registerRoute(app, route, deps);
  return app;
}
