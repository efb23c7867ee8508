import type { LeewayStats } from "../client/stats.ts";

/** Agent reads targets and reports what they say until it is closed. */
export interface Agent {
  /** refresh looks for targets now, and starts and stops accordingly; it does so by itself at the configured interval. */
  refresh(): Promise<void>;
  stats(): { readonly targets: readonly TargetStats[]; readonly sent: LeewayStats };
  /** close stops reading, and sends what is left until the deadline. */
  close(deadlineMs?: number): Promise<void>;
}

/** TargetStats are a target's counters and what its last scrape gave. */
export interface TargetStats {
  readonly target: string;
  /** Undefined before the first scrape. */
  readonly isUp: boolean | undefined;
  readonly problem: string | undefined;
  readonly scrapes: number;
  readonly failures: number;
  readonly samples: number;
  readonly resets: number;
  readonly unassigned: readonly Unassigned[];
  /** The quantities that are gone, or that its source should give. */
  readonly missing: readonly string[];
}

/** Unassigned are series of a target that no rule, target or label gives a model. */
export interface Unassigned {
  readonly source: string;
  readonly series: number;
  /** Labels of one of them, to write a rule by. */
  readonly example: Readonly<Record<string, string>>;
}

/** Notice is something that a person should know, said once when it begins and once when it ends. */
export interface Notice {
  readonly kind:
    | QuantityNotice
    | "down"
    | "up"
    | "restarted"
    | "unassigned"
    | "left_out"
    | "discovery"
    | "sending";
  /** The target's address, or the place where targets are found. */
  readonly target: string;
  readonly message: string;
}

/** QuantityNotice is what may happen to a quantity: its metric has another name, it is gone, it was never there, it is back, or it was known by its shape alone. */
export type QuantityNotice = "renamed" | "gone" | "missing" | "back" | "guessed";
