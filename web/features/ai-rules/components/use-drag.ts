import { useState, type PointerEvent } from "react";
import type { RulePoint } from "../../../../src/domain/detection/rules.ts";
import { placeAt } from "../model/shape.ts";

/** Where on the picture the pointer is; the picture is what carries `data-picture-over`. */
export function placeUnder({ currentTarget, clientX, clientY }: PointerEvent): RulePoint {
  const over = currentTarget.closest("[data-picture-over]") ?? currentTarget;
  const { left, top, width, height } = over.getBoundingClientRect();
  return placeAt((clientX - left) / width, (clientY - top) / height);
}

/** Follows mouse, finger or pen from the press to the release, also outside of the picture. */
export function useDrag(onMove: (to: RulePoint) => void) {
  const [isHeld, setHeld] = useState(false);
  const end = () => setHeld(false);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      setHeld(true);
    },
    onPointerMove: (event: PointerEvent) => {
      if (isHeld) onMove(placeUnder(event));
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
