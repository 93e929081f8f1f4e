import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { correction, sought, tick, toggled, type StepClock, type StepSpan } from "../model/step-clock.ts";
import { placeOf, type LinePiece } from "../model/wall-line.ts";

/** One of the players that keep step. */
export interface StepPlayer {
  readonly video: HTMLVideoElement;
  line: readonly LinePiece[];
  /** Told when the moment has no picture of it, or one again. */
  readonly away: (away: boolean) => void;
}

export interface Step {
  readonly clock: StepClock;
  readonly toggle: () => void;
  readonly seek: (wall: number) => void;
  /** Takes a player in; the returned function lets it go. */
  readonly join: (player: StepPlayer) => () => void;
}

const everyMs = 100;
/** So near to the end of what there is a player has no more bytes to wait for. */
const endS = 0.5;

/** Keeps all players at the same moment of the span, from its beginning on. */
export function useStep(span: StepSpan): Step {
  const players = useRef(new Set<StepPlayer>());
  const now = useRef<StepClock>({ wall: span.start, playing: false });
  const [clock, show] = useState(now.current);
  const set = useCallback((next: StepClock) => {
    now.current = next;
    show(next);
  }, []);
  const { from, to, start } = span;
  useEffect(() => {
    set({ wall: start, playing: false });
  }, [start, set]);
  useEffect(() => {
    let last = performance.now();
    const timer = setInterval(() => {
      const at = performance.now();
      const waiting = [...players.current].some((player) => isWaiting(player, now.current.wall));
      const next = tick(now.current, { from, to, start }, at - last, waiting);
      last = at;
      if (next !== now.current) set(next);
      for (const player of players.current) follow(player, next);
    }, everyMs);
    return () => clearInterval(timer);
  }, [from, to, start, set]);
  const join = useCallback((player: StepPlayer) => {
    players.current.add(player);
    return () => void players.current.delete(player);
  }, []);
  return useMemo(
    () => ({
      clock,
      join,
      toggle: () => set(toggled(now.current, { from, to, start })),
      seek: (wall: number) => set(sought(now.current, { from, to, start }, wall)),
    }),
    [clock, join, set, from, to, start],
  );
}

/** It has a picture for the moment, and its bytes are still on their way. */
function isWaiting({ video, line }: StepPlayer, wall: number): boolean {
  const place = placeOf(line, wall);
  const last = line.at(-1);
  if (place?.inside !== true || last === undefined) return false;
  return video.readyState < video.HAVE_FUTURE_DATA && place.position < last.start + last.duration - endS;
}

function follow({ video, line, away }: StepPlayer, clock: StepClock): void {
  const place = placeOf(line, clock.wall);
  if (place === undefined || video.readyState === video.HAVE_NOTHING) return;
  away(!place.inside);
  const offS = place.position - video.currentTime;
  const what = correction(place.inside ? clock : { ...clock, playing: false }, offS);
  if (what.kind === "run") {
    video.playbackRate = what.rate;
    // a pause in between is no failure
    if (video.paused) video.play().catch(() => undefined);
    return;
  }
  if (what.kind === "stand" || !clock.playing || !place.inside) video.pause();
  if (what.kind === "seek" && !video.seeking) video.currentTime = place.position;
}
