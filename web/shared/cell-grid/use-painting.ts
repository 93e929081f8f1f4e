import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { cells, columns, rows, type CellMap } from "../../../src/domain/detection/motion-grid.ts";
import { beginStroke, cellAt, goOn, painted, stepCell, type Brush, type Stroke } from "./paint.ts";

export interface Painting {
  /** As it is drawn now, the stroke in it. */
  readonly map: CellMap;
  /** Where the keyboard is. */
  readonly cursor: number;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<SVGSVGElement>) => void;
    readonly onPointerMove: (event: PointerEvent<SVGSVGElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

function cellUnder({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>): number {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return cellAt((clientX - left) / width, (clientY - top) / height);
}

/** Paints by mouse, finger, pen and keyboard; `onPaint` is told once a stroke has ended, never while it goes on. */
export function usePainting(map: CellMap, brush: Brush, onPaint: (map: CellMap) => void): Painting {
  const [stroke, setStroke] = useState<Stroke>();
  const [cursor, setCursor] = useState(Math.floor(rows / 2) * columns + Math.floor(columns / 2));
  const end = () => {
    if (stroke !== undefined) onPaint(stroke.now);
    setStroke(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      onPaint(painted(map, [cursor], map[cursor] !== 1));
      return;
    }
    const next = stepCell(cursor, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setCursor(next);
    // with Shift the cell that is gone to gets what the one that is left has
    if (event.shiftKey && next < cells) onPaint(painted(map, [next], map[cursor] === 1));
  };
  return {
    map: stroke?.now ?? map,
    cursor,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const cell = cellUnder(event);
        setCursor(cell);
        setStroke(beginStroke(map, cell, brush));
      },
      onPointerMove: (event) => {
        if (stroke === undefined) return;
        const cell = cellUnder(event);
        if (cell !== stroke.last) setStroke(goOn(stroke, cell));
      },
      onPointerUp: end,
      onPointerCancel: () => setStroke(undefined),
      onKeyDown,
    },
  };
}
