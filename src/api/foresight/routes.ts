import { findingSentence } from "../../contract/finding-sentence.ts";
import * as contract from "../../contract/foresight.ts";
import { ptzPresets } from "../../contract/channel.ts";
import { armingOf, disarmedMode } from "../../domain/arming.ts";
import { coverageOf } from "../../domain/coverage.ts";
import { turnedChannels, type PresetFact } from "../../domain/coverage-ptz.ts";
import { simulate } from "../../domain/simulator.ts";
import { dayOfText, firstWallOf, localClock, type LocalClock } from "../../kernel/local-time.ts";
import { wallTime, type WallTime } from "../../kernel/time.ts";
import type { App, Login } from "../app-types.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** What would happen, and what could not, told before the alarm. Nothing is changed. */
export function foresightRoutes(app: App, deps: ApiDeps): void {
  const tags = ["alarms"];
  app.post(
    "/simulate",
    {
      config: { needs: "configure", errors: ["not-found"] },
      schema: {
        tags,
        summary: "Simulate an edge of an input",
        description:
          "The alarm engine itself runs with the configuration as it is, in a world in which every board, camera and receiver works. Nothing is switched, recorded or told.",
        body: contract.simulationBody,
        response: { 200: contract.simulationAnswer },
      },
    },
    async (request) => {
      const { input, at: local, mode, activeS } = request.body;
      const config = await deps.reads.config();
      if (!config.inputs.some((one) => one.input === input)) fail("not-found", `There is no input ${input}.`);
      const armed = mode !== disarmedMode;
      if (armed && !armingOf(config).modes.some((one) => one.mode === mode))
        fail("not-found", `There is no mode "${mode}".`);
      const clock = localClock(config.site.timeZone);
      const at = wallOf(clock, local);
      const ask = { input, wall: at, activeS, ...(armed ? { mode } : {}) };
      return { at, clock: clockState(deps), ...simulate(config, ask, { clock, trusted: true }) };
    },
  );
  app.get(
    "/coverage",
    {
      config: { needs: "configure" },
      schema: {
        tags,
        summary: "What each input reaches, and what is set up but can't happen",
        description: "Cameras that an alarm would turn are asked for their presets, for 5 s at most.",
        response: { 200: contract.coverageAnswer },
      },
    },
    async (request) => {
      const troubles = deps.core.live()?.state.troubles ?? [];
      const shortRings = troubles.flatMap(({ key }) => (key.startsWith("gop:") ? [Number(key.slice(4))] : []));
      const config = await deps.reads.config();
      const presets = await Promise.all(
        turnedChannels(config).map((channel) => presetsOf(deps, request.login, channel)),
      );
      const { rows, findings } = coverageOf(config, { shortRings, presets });
      return { rows, findings: findings.map((finding) => ({ ...finding, sentence: findingSentence(finding) })) };
    },
  );
}

/** What a camera says of its presets now, or why it does not. */
async function presetsOf(deps: ApiDeps, login: Login | undefined, channel: number): Promise<PresetFact> {
  try {
    const presets = ptzPresets.parse(await askCore(deps, login, { kind: "ptz-presets", channel }));
    return { channel, presets: presets.map(({ preset }) => preset) };
  } catch (error) {
    return { channel, why: error instanceof Error ? error.message : String(error) };
  }
}

const clockState = (deps: ApiDeps): "trusted" | "not-set" =>
  deps.core.live()?.state.troubles.some(({ key }) => key === "clock") === true ? "not-set" : "trusted";

function wallOf(clock: LocalClock, local: string): WallTime {
  const day = dayOfText(local.slice(0, 10)) ?? fail("invalid", "`at` names a day that the calendar has not.");
  const [hour = 0, minute = 0, second = 0] = local.slice(11).split(":").map(Number);
  return wallTime(firstWallOf(clock, { day, second: hour * 3600 + minute * 60 + second }));
}
