import {
  BellRing,
  CheckCircle2,
  CircleDashed,
  CircleSlash,
  Clock3,
  Hourglass,
  UserCheck,
} from "lucide-react";
import type { ReactNode } from "react";
import styles from "./state-badge.module.css";

/** BadgeState is a state with a shape and a colour of its own; its words come from the place that shows it. */
export type BadgeState = "firing" | "acknowledged" | "pending" | "healthy" | "no_data" | "stale" | "resolved";

const ICONS = {
  firing: BellRing,
  acknowledged: UserCheck,
  pending: Hourglass,
  healthy: CheckCircle2,
  no_data: CircleDashed,
  stale: Clock3,
  resolved: CircleSlash,
} as const;

/** StateBadge says a state in words, with a shape and a colour that agree. */
export function StateBadge({ state, children }: { state: BadgeState; children: ReactNode }) {
  const Icon = ICONS[state];
  return (
    <span className={`${styles["badge"]} ${styles[state]}`}>
      <Icon size={14} strokeWidth={2.4} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
