import { FingerprintTable } from "./fingerprint-table.ts";

const FIRST_LAYER = 1 << 18;
const LARGEST_LAYER = 1 << 24;

/**
 * GrowingFilter is a table of fingerprints that grows in layers, so that a small installation pays for few keys. Past `limit` keys the oldest layer
 * is forgotten; `forgottenUntil` is then the newest event time it held: up to there, "surely not" can't be said.
 */
export class GrowingFilter {
  forgottenUntil = Number.NEGATIVE_INFINITY;
  private readonly limit: number;
  private readonly layers: FingerprintTable[] = [new FingerprintTable(FIRST_LAYER)];

  constructor(limit: number) {
    this.limit = limit;
  }

  add(low: number, high: number, timestamp: number): void {
    let layer = this.layers.at(-1) as FingerprintTable;
    if (layer.count >= layer.capacity) {
      layer = new FingerprintTable(Math.min(layer.capacity * 2, LARGEST_LAYER));
      this.layers.push(layer);
      while (this.layers.length > 1 && this.count > this.limit) this.forgetOldest();
    }
    layer.add(low, high);
    if (timestamp > layer.newest) layer.newest = timestamp;
  }

  mayHave(low: number, high: number, timestamp: number): boolean {
    if (timestamp <= this.forgottenUntil) return true;
    for (const layer of this.layers) if (layer.has(low, high)) return true;
    return false;
  }

  get hasForgotten(): boolean {
    return this.forgottenUntil !== Number.NEGATIVE_INFINITY;
  }

  get count(): number {
    return this.layers.reduce((sum, layer) => sum + layer.count, 0);
  }

  get bytes(): number {
    return this.layers.reduce((sum, layer) => sum + layer.bytes, 0);
  }

  private forgetOldest(): void {
    const oldest = this.layers.shift();
    if (oldest !== undefined) this.forgottenUntil = Math.max(this.forgottenUntil, oldest.newest);
  }
}
