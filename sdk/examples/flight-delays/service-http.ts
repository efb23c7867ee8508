import type { IncomingMessage, ServerResponse } from "node:http";

/** What the flight services read from their environment. */
export interface ServiceSettings {
  port: number;
  leeway: { url: string; apiKey: string };
  /** Folder for what must survive the process. */
  stateDir: string;
  /** Replayed departures lie this far after the day they were really flown. */
  calendarShiftMs: number;
}

/** serviceSettings reads the settings of a flight service; a missing one is an error that names it. */
export function serviceSettings(env: NodeJS.ProcessEnv): ServiceSettings {
  return {
    port: Number(required(env, "FLIGHTS_PORT")),
    leeway: { url: required(env, "LEEWAY_URL"), apiKey: required(env, "LEEWAY_API_KEY") },
    stateDir: required(env, "FLIGHTS_STATE_DIR"),
    calendarShiftMs: Number(env["FLIGHTS_CALENDAR_SHIFT_MS"] ?? 0),
  };
}

/** required returns the environment variable `name`, or throws where it is not set. */
export function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}

/** readBody returns the whole body of a request as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** readJson returns the body of a request, parsed. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  return JSON.parse(await readBody(request));
}

/** sendJson ends a response with `body` as JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
