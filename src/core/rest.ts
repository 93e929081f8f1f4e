import { after, seconds, type Clock } from "../kernel/time.ts";
import type { OutputState } from "../domain/level.ts";
import type { AlarmOutputSettings, SiteConfig } from "../domain/site-config.ts";

/** What a clean stop waits for relays to be read back at rest. */
const patience = seconds(2);

/** What every relay was last read back as; where a board can't say, what it was last told. Calls when that changes. */
export interface ReadBacks {
  set(board: number, point: number, state: OutputState | "unknown"): void;
  get(board: number, point: number): OutputState | "unknown";
  onChange(handle: () => void): () => void;
}

export function readBacks(): ReadBacks {
  const states = new Map<string, OutputState | "unknown">();
  const listeners = new Set<() => void>();
  return {
    set(board, point, state) {
      states.set(`${board}/${point}`, state);
      for (const listener of [...listeners]) listener();
    },
    get: (board, point) => states.get(`${board}/${point}`) ?? "unknown",
    onChange(handle) {
      listeners.add(handle);
      return () => listeners.delete(handle);
    },
  };
}

export interface RestDeps {
  readonly clock: Clock;
  readonly readBacks: ReadBacks;
  want(board: number, point: number, state: OutputState): void;
}

/**
 * Clean stop: every siren to its rest state. Resolves with the sirens that were not read back at rest within 2 s
 * (their board is lost, or does not obey).
 */
export function sirensToRest(deps: RestDeps, config: SiteConfig): Promise<readonly AlarmOutputSettings[]> {
  const sirens = config.outputs.filter((output) => output.kind === "siren");
  const restless = () => sirens.filter((siren) => deps.readBacks.get(siren.board, siren.point) !== siren.restState);
  for (const siren of sirens) deps.want(siren.board, siren.point, siren.restState);
  if (restless().length === 0) return Promise.resolve([]);
  return new Promise((resolve) => {
    const finish = () => {
      cancelWake();
      forget();
      resolve(restless());
    };
    const cancelWake = deps.clock.wakeAt(after(deps.clock.now(), patience), finish);
    const forget = deps.readBacks.onChange(() => {
      if (restless().length === 0) finish();
    });
  });
}
