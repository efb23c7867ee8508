"use client";

import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 720px)";

/** useGutter returns the width, in pixels, that every lane leaves for its labels on the left, so that all time axes line up. */
export function useGutter(): number {
  return useSyncExternalStore(
    subscribe,
    () => (window.matchMedia(NARROW).matches ? 92 : 132),
    () => 132,
  );
}

/** RIGHT_MARGIN is what every lane leaves free on the right, in pixels. */
export const RIGHT_MARGIN = 26;

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
