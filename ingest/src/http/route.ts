import type { Scope } from "@leeway/core/records";
import type { z } from "zod";
import type { Principal } from "../auth/principal.ts";
import type { BodySource } from "../body/body-source.ts";
import type { Problem } from "../errors/problem.ts";

/** What a route's handler is given: everything parsed, and the body's stream where the route reads it itself. */
export interface RouteInput<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  principal: Principal;
  source: BodySource;
}

/** How a route takes its body: as one JSON document of a schema, or as a stream it reads itself (then the schema only documents it). */
export interface RouteBody<Schema extends z.ZodType> {
  schema: Schema;
  reads: "json" | "stream";
  /** Media types besides application/json, for the documentation of a stream. */
  mediaTypes?: readonly string[];
}

/** EncodedAnswer is an answer in a form of its own, sent as it is. */
export interface EncodedAnswer {
  mediaType: string;
  bytes: Buffer | string;
}

/** RouteEncoding puts a route's answers and problems into the form that its callers' protocol wants, by the media type of the request. */
export interface RouteEncoding<Answer> {
  answer(answer: Answer, mediaType: string): EncodedAnswer;
  /** Undefined: as an ordinary problem document. */
  problem(problem: Problem, mediaType: string): EncodedAnswer | undefined;
}

/** Route is one row of the route table: enough to serve it, to guard it and to document it. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** With `:name` for parameters. */
  path: string;
  tag: string;
  summary: string;
  scope: Scope;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: RouteBody<z.ZodType>;
  answer: z.ZodType;
  /** Absent: JSON. */
  encoding?: RouteEncoding<unknown>;
  status: 200 | 201;
  handle(input: RouteInput<unknown, unknown, unknown>): Promise<unknown>;
}

interface TypedRoute<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  method: Route["method"];
  path: string;
  tag: string;
  summary: string;
  scope: Scope;
  params?: Params;
  query?: Query;
  body?: RouteBody<Body>;
  answer: Answer;
  encoding?: RouteEncoding<z.input<Answer>>;
  status?: 200 | 201;
  handle(input: RouteInput<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<z.input<Answer>>;
}

/** defineRoute returns a row of the route table whose handler's types follow from its schemas. */
export function defineRoute<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(route: TypedRoute<Params, Query, Body, Answer>): Route {
  // The server parses by these same schemas before it calls the handler, which is what makes the widening safe.
  return { status: 200, ...route } as Route;
}
