import type { z } from "zod";
import type { RetrainingRequest } from "../retraining-request.ts";

/** TargetRequest is one HTTP request to a target, as data; the body is JSON. */
export interface TargetRequest {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body?: unknown;
  /** How the shell signs the request, where a header alone does not do. */
  signing?: Signing;
  /** A request whose answer holds the token of this one, as `Authorization: Bearer`. */
  login?: {
    request: Omit<TargetRequest, "login" | "signing">;
    readToken: (answer: unknown) => string | undefined;
  };
  /** Certificates, in PEM, that the server's own must come from. */
  certificateAuthority?: string;
}

/** Signing is a way to sign a request with the channel's secret or token. */
export type Signing = { kind: "standard_webhooks" };

/** StartReading is what a target said to a request that starts a run. */
export type StartReading =
  | { outcome: "started"; runId?: string; url?: string }
  | { outcome: "refused"; reason: string };

/** RunReading is what a target says of a run. */
export interface RunReading {
  status: "running" | "succeeded" | "failed";
  message?: string;
}

/** TargetPlace is where a target is and how one is let in. */
export interface TargetPlace<Settings> {
  /** Address of the API, or of the receiver. */
  url: string;
  token: string | undefined;
  settings: Settings;
}

/** TargetDefinition is all that differs between kinds of targets. */
export interface TargetDefinition<Kind extends string, Schema extends z.ZodType = z.ZodType> {
  kind: Kind;
  /** What pages call it. */
  label: string;
  /** Settings of a target; none of them is secret. */
  schema: Schema;
  /** Whether a channel must have a token. */
  needsToken: boolean;
  /** The id of the run where the caller chooses it: a repeated request finds the run instead of starting a second one. */
  runId?(retrainingId: string): string;
  start(place: TargetPlace<z.output<Schema>>, request: RetrainingRequest): TargetRequest;
  /** Reads the answer of a 2xx status. */
  readStart(answer: unknown, place: TargetPlace<z.output<Schema>>): StartReading;
  /** Absent where the API cannot be asked: the job then reports itself. */
  poll?: {
    request(place: TargetPlace<z.output<Schema>>, runId: string): TargetRequest;
    read(answer: unknown): RunReading;
  };
}

/** defineTarget returns the definition as it is, with its types checked against each other. */
export function defineTarget<Kind extends string, Schema extends z.ZodType>(
  definition: TargetDefinition<Kind, Schema>,
): TargetDefinition<Kind, Schema> {
  return definition;
}
