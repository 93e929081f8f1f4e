import { after } from "../../kernel/time.ts";
import type { OutputState } from "../../domain/level.ts";
import { logEvery } from "../output-track.ts";
import { firstPause, sleepUntil } from "../reconnect.ts";
import type { Bench } from "./driver.ts";
import { holdArgs, toolReason } from "./protocol.ts";
import { gpioQuirks } from "./quirks.ts";
import { startTool, type Tool } from "./tool.ts";

/** Keeps the outputs at what is wanted: one `gpioset` a line, replaced when the state changes. */
export interface Holder {
  hold(point: number, state: OutputState): void;
  /** Resolves when every line is held as it was wanted last, or its tool could not. */
  settled(): Promise<void>;
  /** Lets go of all lines; the points that had a known state. */
  release(): Promise<readonly number[]>;
}

interface Held {
  readonly line: number;
  readonly onWhen: 0 | 1;
  wanted: OutputState | undefined;
  tool: Tool | undefined;
  /** What the running tool holds. */
  state: OutputState | undefined;
  known: boolean;
  busy: Promise<void> | undefined;
  /** Its tool said that it holds the line. */
  holds: AbortController;
  /** Ends the wait for a state that is no longer wanted. */
  another: AbortController;
  failures: number;
}

/**
 * A line is as it was set, and that is its read-back, once its tool says so; version 1 says nothing, there it is 250 ms
 * without a complaint.
 */
export function startHolder({ tools, settings, deps, folder }: Bench): Holder {
  const { clock, events, log } = deps;
  const over = new AbortController();
  const isOver = () => over.signal.aborted;
  const patience = tools.version === 1 ? gpioQuirks.silentStartMs : gpioQuirks.longestStartMs;
  const lines = new Map(
    settings.outputs.map(({ point, line, onWhen }): [number, Held] => [
      point,
      {
        ...{ line, onWhen, wanted: undefined, tool: undefined, state: undefined },
        ...{ known: false, busy: undefined, another: new AbortController(), holds: new AbortController(), failures: 0 },
      },
    ]),
  );
  const start = (point: number, held: Held, state: OutputState) => {
    const value = (state === "on") === (held.onWhen === 1) ? 1 : 0;
    const tool = startTool(folder, holdArgs(tools, settings.chip, held.line, value), () => held.holds.abort());
    held.tool = tool;
    held.state = state;
    events.commanded(point, state, clock.now());
    const gone = new AbortController();
    void tool.ended.then(({ stderr }) => {
      gone.abort();
      if (held.tool !== tool) return;
      held.tool = undefined;
      held.state = undefined;
      if (over.signal.aborted) return;
      events.heard(false);
      if (held.known) events.readBack(point, "unknown", clock.now());
      held.known = false;
      if (held.failures++ % logEvery === 0) log(toolReason("gpioset", settings.chip, stderr), { point });
      kick(point, held);
    });
    return gone.signal;
  };
  /** Lets go of what is held and holds what is wanted, until both are the same. */
  const settle = async (point: number, held: Held): Promise<void> => {
    while (held.wanted !== undefined && held.wanted !== held.state && !over.signal.aborted) {
      const { tool } = held;
      if (tool !== undefined) {
        held.tool = undefined;
        tool.stop();
        await tool.ended;
      }
      const state = held.wanted;
      held.another = new AbortController();
      held.holds = new AbortController();
      const gone = start(point, held, state);
      const ends = AbortSignal.any([gone, held.another.signal, held.holds.signal]);
      await sleepUntil(clock, after(clock.now(), patience), ends);
      if (gone.aborted) {
        await sleepUntil(clock, after(clock.now(), firstPause), over.signal);
        continue;
      }
      if (held.another.signal.aborted) continue;
      held.failures = 0;
      held.known = true;
      events.heard(true);
      if (!isOver()) events.readBack(point, state, clock.now());
    }
  };
  const kick = (point: number, held: Held) => {
    held.busy ??= settle(point, held).finally(() => {
      held.busy = undefined;
      // its tool ended, or another state was wanted, as it was about to rest
      if (held.wanted !== held.state && !over.signal.aborted) kick(point, held);
    });
  };
  const rest = async (held: Held): Promise<void> => {
    while (held.busy !== undefined) await held.busy;
  };
  return {
    hold(point, state) {
      const held = lines.get(point);
      if (held === undefined) return;
      if (held.wanted !== state) held.another.abort();
      held.wanted = state;
      kick(point, held);
    },
    async settled() {
      const late = sleepUntil(clock, after(clock.now(), firstPause), over.signal);
      await Promise.race([Promise.all([...lines.values()].map(rest)), late]);
    },
    async release() {
      over.abort();
      const known = [...lines].flatMap(([point, held]) => (held.known ? [point] : []));
      for (const { tool } of lines.values()) tool?.stop();
      await Promise.all([...lines.values()].flatMap(({ tool }) => tool?.ended ?? []));
      return known;
    },
  };
}
