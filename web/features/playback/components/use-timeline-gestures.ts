import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { pan, type View, wallAt, zoom } from "../model/view.ts";

export interface TimelineGestures {
  readonly view: View;
  readonly width: number;
  readonly onView: (view: View) => void;
  readonly onSeek: (wall: number) => void;
  readonly onRange: (from: number, to: number) => void;
  readonly onHover: (hovered: Hovered | undefined) => void;
}

/** What the pointer is at. */
export interface Hovered {
  readonly wall: number;
  /** Pixels from the top. */
  readonly y: number;
}

interface Drag {
  readonly kind: "seek" | "range" | "pan" | "pinch";
  readonly wall: number;
  readonly view: View;
  readonly x: number;
  readonly distance: number;
}

/** Click or drag seeks, shift and drag marks a range, two fingers or the wheel zoom, the wheel sideways pans. */
export function useTimelineGestures(svg: RefObject<SVGSVGElement | null>, gestures: TimelineGestures) {
  const latest = useRef(gestures);
  latest.current = gestures;
  const drag = useRef<Drag | undefined>(undefined);
  const fingers = useRef(new Map<number, number>());
  const placeOf = (event: { clientX: number }) => event.clientX - (svg.current?.getBoundingClientRect().left ?? 0);
  const at = (x: number): number => wallAt(latest.current.view, latest.current.width, x);
  useEffect(() => {
    const element = svg.current;
    if (element === null) return undefined;
    // React's own wheel listener is passive, and the page would scroll
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { view, width, onView } = latest.current;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        onView(pan(view, (sideways / Math.max(1, width)) * (view.to - view.from)));
      } else onView(zoom(view, Math.exp(event.deltaY / 400), at(placeOf(event))));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  });
  const distance = (): number => {
    const [a = 0, b = 0] = [...fingers.current.values()];
    return Math.max(20, Math.abs(a - b));
  };
  const hovered = (event: PointerEvent<SVGSVGElement>): Hovered => ({
    wall: at(placeOf(event)),
    y: event.clientY - event.currentTarget.getBoundingClientRect().top,
  });
  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      if (event.button > 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = placeOf(event);
      fingers.current.set(event.pointerId, x);
      const kind = fingers.current.size > 1 ? "pinch" : event.shiftKey ? "range" : "seek";
      drag.current = { kind, wall: at(x), view: latest.current.view, x, distance: distance() };
      latest.current.onHover(hovered(event));
      if (kind === "seek") latest.current.onSeek(at(x));
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      const x = placeOf(event);
      latest.current.onHover(hovered(event));
      if (fingers.current.has(event.pointerId)) fingers.current.set(event.pointerId, x);
      const now = drag.current;
      if (now === undefined) return;
      if (now.kind === "seek") latest.current.onSeek(at(x));
      if (now.kind === "range") latest.current.onRange(Math.min(now.wall, at(x)), Math.max(now.wall, at(x)));
      if (now.kind === "pinch") latest.current.onView(zoom(now.view, now.distance / distance(), now.wall));
    },
    onPointerUp(event: PointerEvent<SVGSVGElement>) {
      fingers.current.delete(event.pointerId);
      if (fingers.current.size === 0) drag.current = undefined;
      // a finger that is lifted points at nothing any more
      if (event.pointerType === "touch") latest.current.onHover(undefined);
    },
    onPointerCancel(event: PointerEvent<SVGSVGElement>) {
      fingers.current.delete(event.pointerId);
      drag.current = undefined;
      latest.current.onHover(undefined);
    },
    onPointerLeave: () => latest.current.onHover(undefined),
  };
}
