import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimSocket } from "../../store/src/embedded/claim-socket.ts";
import { freePort } from "./free-port.ts";

/** PortWish says which port a service should get, and what to set where it is taken. */
export interface PortWish {
  /** What listens there, for the sentence. */
  what: string;
  variable: string;
  port: number;
  /** `fixed`: taken is an error; `any`: another one will do, and is said. */
  choice: "fixed" | "any";
}

/** PortClaims are the ports that this launcher has taken for its services, until it ends or lets them go. */
export interface PortClaims {
  /** claim returns a port that no other launcher and no program has, or throws one line that says which is taken. */
  claim(wish: PortWish): Promise<number>;
  release(): void;
}

/**
 * createPortClaims returns an empty set of claims. Between the moment in which a port is found free and the one in which its service listens there, another launcher could
 * find it free as well: each port is claimed by a socket of its own, which ends with its process however that dies.
 */
export function createPortClaims(say: (line: string) => void): PortClaims {
  const held: { close(): void }[] = [];
  return {
    async claim({ what, variable, port, choice }) {
      const claimed = await holdPort(port);
      const isFree = claimed !== undefined && (await freePort(port)) === port;
      if (isFree) {
        held.push(claimed);
        return port;
      }
      claimed?.close();
      const by = claimed === undefined ? "another Leeway" : "another program";
      if (choice === "fixed")
        throw new Error(
          `port ${port} (${what}) is taken by ${by}. Stop it, or set ${variable} to another port.`,
        );
      const other = await freePort();
      say(`port ${port} (${what}) is taken by ${by}: it is at ${other} this time`);
      return other;
    },
    release() {
      for (const claim of held.splice(0)) claim.close();
    },
  };
}

async function holdPort(port: number): Promise<{ close(): void } | undefined> {
  // Port 0 is whichever is free, and nobody's.
  if (port === 0) return { close: () => undefined };
  return claimSocket(join(tmpdir(), `leeway-port-${port}.sock`));
}
