import { useEffect, type RefObject } from "react";

/** Left free below the grid, CSS pixels. */
const below = 12;

/** Tells an element's style how much stands above it (`--above`), so that it can be as high as the rest of the window. */
export function useSpaceAbove(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const page = document.getElementById("page");
    const measure = (): void => {
      const top = (element.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      element.current?.style.setProperty("--above", `${Math.round(top) + below}px`);
    };
    measure();
    // banners come and go above it
    const changes = new MutationObserver(measure);
    if (page !== null) changes.observe(page, { childList: true, subtree: true });
    window.addEventListener("resize", measure);
    return () => {
      changes.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, [element]);
}
