const SMALLEST = 16 * 1024;

/** GrowingBuffer joins the pieces of a body in O(bytes), however small they are: a sender decides how many pieces there are. */
export class GrowingBuffer {
  length = 0;
  private bytes: Buffer = Buffer.alloc(0);

  append(piece: Buffer): void {
    const needed = this.length + piece.length;
    // Most bodies come in one piece, which is then not copied.
    if (this.length === 0) this.bytes = piece;
    else {
      if (needed > this.bytes.length || this.length === this.bytes.length) this.grow(needed);
      piece.copy(this.bytes, this.length);
    }
    this.length = needed;
  }

  /** take returns what was appended and starts again from nothing. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.alloc(0);
    this.length = 0;
    return taken;
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(SMALLEST, 2 * needed));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
