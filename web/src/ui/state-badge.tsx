import {
  BellRing,
  CheckCircle2,
  CircleDashed,
  CircleSlash,
  Clock3,
  Eye,
  EyeOff,
  GraduationCap,
  Hourglass,
  UserCheck,
  Wrench,
} from "lucide-react";
import type { ReactNode } from "react";
import type { BadgeState } from "../view/model-state.ts";
import styles from "./state-badge.module.css";

const ICONS = {
  firing: BellRing,
  acknowledged: UserCheck,
  pending: Hourglass,
  resolved: CircleSlash,
  blind: EyeOff,
  misconfigured: Wrench,
  behind: Clock3,
  no_traffic: CircleDashed,
  watching: Eye,
  learning: GraduationCap,
  healthy: CheckCircle2,
} as const satisfies Record<BadgeState, unknown>;

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
