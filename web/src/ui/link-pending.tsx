"use client";

import { useLinkStatus } from "next/link";

/** LinkPending marks the link around it while the page that it leads to is on its way; a bar on top of the window shows it. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return <span hidden data-pending={pending} />;
}
