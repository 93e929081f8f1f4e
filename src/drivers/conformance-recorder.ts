import type { Instant } from "../kernel/time.ts";
import type { OutputState } from "../domain/level.ts";
import type { LoopReading } from "../domain/supervised-loop.ts";
import type { BoardLink, DriverEvents, LevelReport, NetworkMessage } from "./driver.ts";

export type Heard =
  | { readonly kind: "level"; readonly report: LevelReport }
  | { readonly kind: "link"; readonly link: BoardLink }
  | { readonly kind: "read-back"; readonly point: number; readonly state: OutputState | "unknown" }
  | { readonly kind: "commanded"; readonly point: number; readonly state: OutputState; readonly at: Instant }
  | { readonly kind: "measured"; readonly point: number; readonly reading: LoopReading }
  | { readonly kind: "message"; readonly message: NetworkMessage }
  | { readonly kind: "polled"; readonly intervalMs: number }
  | { readonly kind: "heard"; readonly ok: boolean };

export interface Recorder {
  readonly events: DriverEvents;
  readonly heard: Heard[];
  /** Resolves once the predicate holds for what was heard; fails with `what` after 10 s. */
  until(what: string, holds: (heard: readonly Heard[]) => boolean): Promise<void>;
}

/** Writes down everything that a driver says, in order. */
export function recorder(): Recorder {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const hear = (entry: Heard) => {
    heard.push(entry);
    for (const check of waiting) check();
  };
  return {
    heard,
    events: {
      level: (report) => hear({ kind: "level", report }),
      link: (link) => hear({ kind: "link", link }),
      readBack: (point, state) => hear({ kind: "read-back", point, state }),
      commanded: (point, state, at) => hear({ kind: "commanded", point, state, at }),
      message: (message) => hear({ kind: "message", message }),
      polled: (intervalMs) => hear({ kind: "polled", intervalMs }),
      measured: (point, reading) => hear({ kind: "measured", point, reading }),
      heard: (ok) => hear({ kind: "heard", ok }),
    },
    until: (what, holds) =>
      new Promise((resolve, reject) => {
        const seen = () =>
          JSON.stringify(heard.filter(({ kind }) => !["polled", "heard", "measured"].includes(kind)).slice(-20));
        const timer = setTimeout(() => reject(new Error(`never happened: ${what}; heard ${seen()}`)), 10_000);
        const check = () => {
          if (!holds(heard)) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

export const levelsOf = (heard: readonly Heard[]): LevelReport[] =>
  heard.flatMap((entry) => (entry.kind === "level" ? [entry.report] : []));
export const linksOf = (heard: readonly Heard[]): BoardLink[] =>
  heard.flatMap((entry) => (entry.kind === "link" ? [entry.link] : []));
export const isOnline = (heard: readonly Heard[]): boolean => linksOf(heard).at(-1)?.kind === "online";
