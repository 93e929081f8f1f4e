import { useEffect, useRef } from "react";
import { liveKey, type LiveKey } from "../model/keys.ts";

/** Where keys are for typing or choosing, not for the page. */
const taken =
  "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=menuitem], [role=radiogroup]";
/** Where Enter presses the button that has the focus. */
const pressed = "button, a, [role=button]";

/** Calls `press` for the keys of the live page, wherever the focus is outside fields and dialogs. */
export function useLiveKeys(press: (key: LiveKey) => void): void {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      const key = liveKey(event);
      if (key === undefined || event.defaultPrevented || target.closest(taken) !== null) return;
      if (document.querySelector("[role=dialog][aria-modal=true]") !== null) return;
      if (key.kind === "enlarge" && target.closest(pressed) !== null) return;
      // arrows scroll the page unless a tile has the focus
      if ((key.kind === "go" || key.kind === "enlarge") && target.closest("[data-place]") === null) return;
      event.preventDefault();
      latest.current(key);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
