import { useSyncExternalStore } from "react";

const watch = (changed: () => void): (() => void) => {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
};

/** False while the tab is in the background or the screen is off. */
export const usePageVisible = (): boolean => useSyncExternalStore(watch, () => document.visibilityState === "visible");
