"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

const Draft = createContext<[string, (text: string) => void]>(["", () => undefined]);

/** NoteDraft holds the note that a person is writing, so that a resolution can take it along. */
export function NoteDraft({ children }: { children: ReactNode }) {
  const draft = useState("");
  return <Draft.Provider value={draft}>{children}</Draft.Provider>;
}

/** useNoteDraft returns the unsaved note of the page, and what changes it. */
export function useNoteDraft(): [string, (text: string) => void] {
  return useContext(Draft);
}
