import {
  closeSync,
  createWriteStream,
  mkdirSync,
  openSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** BodySpool keeps the rows of an INSERT in a file while the engine reads them. */
export interface BodySpool {
  /** write stores a body and returns the path of its file; `expectedBytes` decides between memory and disk. */
  write(body: Readable, expectedBytes: number | undefined): Promise<string>;
  writeBuffer(body: Uint8Array): Promise<string>;
  remove(path: string): Promise<void>;
}

const MEMORY_LIMIT_BYTES = 16 * 1024 * 1024;

/** createBodySpool returns a spool over two folders of its own: `memoryFolder` (a tmpfs) for small bodies, `diskFolder` for the rest. Both are emptied. */
export function createBodySpool(memoryFolder: string, diskFolder: string): BodySpool {
  for (const folder of [memoryFolder, diskFolder]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  let sequence = 0;
  const nextPath = (folder: string) => join(folder, String(++sequence));

  // Memory is written at once: on its way through the thread pool a small file would queue behind the statements that run there.
  function keepInMemory(chunks: readonly Uint8Array[]): string {
    const path = nextPath(memoryFolder);
    const file = openSync(path, "w", 0o600);
    try {
      for (const chunk of chunks) writeFileSync(file, chunk);
      return path;
    } catch (error) {
      unlinkSync(path);
      throw error;
    } finally {
      closeSync(file);
    }
  }

  return {
    async write(body, expectedBytes) {
      if (expectedBytes !== undefined && expectedBytes <= MEMORY_LIMIT_BYTES) {
        const chunks: Buffer[] = [];
        for await (const chunk of body) chunks.push(chunk as Buffer);
        return keepInMemory(chunks);
      }
      const path = nextPath(diskFolder);
      try {
        await pipeline(body, createWriteStream(path, { mode: 0o600 }));
      } catch (error) {
        await unlink(path).catch(() => undefined);
        throw error;
      }
      return path;
    },
    async writeBuffer(body) {
      if (body.byteLength <= MEMORY_LIMIT_BYTES) return keepInMemory([body]);
      const path = nextPath(diskFolder);
      await writeFile(path, body, { mode: 0o600 });
      return path;
    },
    async remove(path) {
      if (path.startsWith(memoryFolder)) unlinkSync(path);
      else await unlink(path);
    },
  };
}
