import { after, between, instant, type Instant } from "../../kernel/time.ts";
import type { OutputState } from "../../domain/level.ts";
import type { GpioSettings } from "../../domain/site-config.ts";
import type { Driver, DriverDeps } from "../driver.ts";
import { trackLevels } from "../level-track.ts";
import { keepRunning, sleepUntil } from "../reconnect.ts";
import { startHolder, type Holder } from "./holder.ts";
import { eventOf, getArgs, toolReason, toolsOf, valuesOf, watchArgs, type Tools } from "./protocol.ts";
import { gpioQuirks } from "./quirks.ts";
import { runTool, startTool } from "./tool.ts";

/**
 * Lines of a GPIO chip of this machine, through libgpiod's tools: one `gpiomon` for all inputs, one `gpioset` for each
 * output that is wanted. `folder` is where the tools lie; empty: in the PATH.
 */
export function startGpioDriver(settings: GpioSettings, deps: DriverDeps, folder = ""): Driver {
  const { clock, events } = deps;
  const stop = new AbortController();
  const levels = trackLevels(events);
  const wanted = new Map<number, OutputState>();
  let holder: Holder | undefined;

  const saw = (line: number, value: 0 | 1, at: Instant) => {
    for (const input of settings.inputs) {
      if (input.line === line) levels.saw(input.point, { level: value === input.closedWhen ? "closed" : "open", at });
    }
  };
  const life = async (signal: AbortSignal, online: () => void) => {
    const tools = await findTools(folder, settings.chip);
    const begin = (first: readonly (0 | 1)[]) => {
      online();
      settings.inputs.forEach(({ line }, index) => saw(line, first[index] ?? 0, clock.now()));
      holder = startHolder({ tools, settings, deps, folder });
      for (const [point, state] of wanted) holder.hold(point, state);
    };
    try {
      if (settings.inputs.length === 0) begin([]);
      const ended = await (settings.inputs.length === 0
        ? new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("stopped")))
        : watch({ tools, settings, deps, folder }, signal, { begin, saw }));
      throw new Error(ended);
    } finally {
      const known = (await holder?.release()) ?? [];
      holder = undefined;
      levels.forget();
      if (!signal.aborted) for (const point of known) events.readBack(point, "unknown", clock.now());
    }
  };
  const running = keepRunning(deps, stop.signal, life);
  return {
    want(point, state) {
      if (stop.signal.aborted) return;
      if (!settings.outputs.some((output) => output.point === point)) {
        deps.log("no such output on this board", { point });
        return;
      }
      wanted.set(point, state);
      holder?.hold(point, state);
    },
    async [Symbol.asyncDispose]() {
      await holder?.settled();
      stop.abort();
      await running;
    },
  };
}

/** What the tools of one life share. */
export interface Bench {
  readonly tools: Tools;
  readonly settings: GpioSettings;
  readonly deps: DriverDeps;
  readonly folder: string;
}

async function findTools(folder: string, chip: string): Promise<Tools> {
  const ask = (flag: string) =>
    runTool(folder, ["gpiomon", flag]).catch((error: unknown) => {
      throw new Error(toolReason("gpiomon", chip, error instanceof Error ? error.message : String(error)));
    });
  const version = await ask("--version");
  const tools = toolsOf(version, await ask("--help"));
  if (tools === undefined) throw new Error(`${version.split("\n")[0] ?? "gpiomon"} is no version that Reed knows`);
  return tools;
}

interface Seen {
  /** It watches, and these are the values of the inputs. */
  begin(first: readonly (0 | 1)[]): void;
  saw(line: number, value: 0 | 1, at: Instant): void;
}

/** Watches until it ends, and says why it did. Between the look and the watch of older tools lie some milliseconds. */
async function watch({ tools, settings, deps, folder }: Bench, signal: AbortSignal, seen: Seen): Promise<string> {
  const { clock, events } = deps;
  let first = tools.tellsFirst ? undefined : await look({ tools, settings, deps, folder });
  if (signal.aborted) return "stopped";
  let began = false;
  const early: string[] = [];
  const told = (text: string) => {
    const event = eventOf(text);
    if (event === undefined) return;
    events.heard(true);
    seen.saw(event.line, event.value, instantOf(event.atMs, clock.now()));
  };
  const begin = () => {
    if (began || first === undefined) return;
    began = true;
    seen.begin(first);
    for (const text of early) told(text);
  };
  const tool = startTool(folder, watchArgs(tools, settings), (text) => {
    first ??= valuesOf(text, settings.inputs.length);
    if (/^Monitoring/.test(text)) begin();
    else if (began) told(text);
    else early.push(text);
  });
  const over = new AbortController();
  const ended = tool.ended.then(({ stderr }) => {
    over.abort();
    return toolReason("gpiomon", settings.chip, stderr);
  });
  signal.addEventListener("abort", () => tool.stop());
  if (tools.version === 1) {
    await sleepUntil(clock, after(clock.now(), gpioQuirks.silentStartMs), over.signal);
    if (!isOver(over.signal) && !isOver(signal)) begin();
  }
  return ended;
}

/** Asked anew: a wait lies between. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

async function look({ tools, settings, folder }: Bench): Promise<readonly (0 | 1)[]> {
  const text = await runTool(folder, getArgs(tools, settings)).catch((error: unknown) => {
    throw new Error(toolReason("gpioget", settings.chip, error instanceof Error ? error.message : String(error)));
  });
  const values = valuesOf(text, settings.inputs.length);
  if (values === undefined) throw new Error(`gpioget said "${text.slice(0, 80)}" where values were due`);
  return values;
}

/** The event's own time where it can be of this clock, else the moment at which it was read. */
export const instantOf = (atMs: number, now: Instant): Instant => {
  const age = between(instant(atMs), now);
  return age >= 0 && age <= gpioQuirks.believedAgeMs ? instant(atMs) : now;
};
