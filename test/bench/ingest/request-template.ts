import type { BenchRow } from "./make-rows.ts";

const DIGITS = 10;
const ZERO = 48;

/**
 * RequestTemplate is a whole HTTP request made beforehand, in which only the ids are still to be set: fresh rows then cost the generator some
 * bytes each, and its own work does not hide what the service can take.
 */
export class RequestTemplate {
  readonly bytes: Buffer;
  private readonly batchIdAt: number;
  private readonly idsAt: readonly number[];

  /** `run` keeps the ids of runs apart; it may hold letters, digits and `-`. */
  constructor(options: { host: string; apiKey: string; run: string; rows: readonly BenchRow[] }) {
    const { host, apiKey, run, rows } = options;
    const slot = `${run}-${"0".repeat(DIGITS)}`;
    const predictions = rows.map((row) => ({ ...row, id: slot }));
    const body = JSON.stringify({ batch_id: slot, predictions });
    const head =
      `POST /v1/predictions HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${apiKey}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    this.bytes = Buffer.from(head + body);
    const slots: number[] = [];
    for (let at = this.bytes.indexOf(slot); at !== -1; at = this.bytes.indexOf(slot, at + slot.length)) {
      slots.push(at + run.length + 1);
    }
    const [batchIdAt = 0, ...idsAt] = slots;
    this.batchIdAt = batchIdAt;
    this.idsAt = idsAt;
  }

  /** number sets the ids of the rows to `first` and up, and the batch's to `first`; then `bytes` is a request never sent before. */
  number(first: number): void {
    this.put(this.batchIdAt, first);
    for (const [row, at] of this.idsAt.entries()) this.put(at, first + row);
  }

  private put(at: number, value: number): void {
    let rest = value;
    for (let digit = DIGITS - 1; digit >= 0; digit--) {
      this.bytes[at + digit] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  }
}
