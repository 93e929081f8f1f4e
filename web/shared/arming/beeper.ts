/** The beep of a delay and the chime, as sounds of this device; off until somebody switches it on here. */
import { useSyncExternalStore } from "react";

const key = "reed-beep";
const watchers = new Set<() => void>();
let context: AudioContext | undefined;

export const beepIsOn = (): boolean => localStorage.getItem(key) === "on";

/** Switched on by a press, so that the browser lets sound be played. */
export function setBeep(on: boolean): void {
  if (on) localStorage.setItem(key, "on");
  else localStorage.removeItem(key);
  if (on) tone(880, 0.08);
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const useBeep = (): boolean => useSyncExternalStore(watch, beepIsOn);

function tone(hertz: number, seconds: number, inSeconds = 0): void {
  context ??= new AudioContext();
  // without a press on this page the browser keeps it suspended: then there is no sound
  if (context.state === "suspended") void context.resume();
  const from = context.currentTime + inSeconds;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.15, from);
  gain.gain.exponentialRampToValueAtTime(0.001, from + seconds);
  oscillator.frequency.value = hertz;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + seconds);
}

/** One beep of a delay: faster and higher for who comes in. */
export const beep = (kind: "exit" | "entry"): void => tone(kind === "entry" ? 1320 : 880, 0.12);

export function chime(): void {
  tone(1047, 0.5);
  tone(784, 0.7, 0.25);
}
