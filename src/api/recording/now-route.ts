import { recordingNow } from "../../contract/recording.ts";
import { recordingOf, type RecordDecision, type RecordFacts } from "../../domain/recording-rule.ts";
import { ringNeedBytes } from "../../domain/ring-need.ts";
import { defaults, type ChannelSettings, type SiteConfig } from "../../domain/site-config.ts";
import { scheduleNow } from "../../domain/weekly-schedule.ts";
import { localClock } from "../../kernel/local-time.ts";
import type { LiveState } from "../../messages/api.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** What is recorded now, why, and until when: by the same rule that core goes by. */
export function recordingNowRoute(app: App, deps: ApiDeps): void {
  app.get(
    "/recording",
    {
      config: { needs: "read", errors: ["unavailable"] },
      schema: {
        tags: ["cameras"],
        summary: "What every channel records now, and why",
        description: "Also what memory the pictures before an alarm take.",
        response: { 200: recordingNow },
      },
    },
    async () => {
      const { state } = deps.core.live() ?? fail("unavailable");
      const config = await deps.reads.config();
      const trusted = !state.troubles.some(({ key }) => key === "clock");
      const time = { clock: localClock(config.site.timeZone), trusted };
      const facts = { wall: deps.clock.wall(), time, arming: state.arming.mode };
      const lines = config.channels
        .filter(({ enabled }) => enabled)
        .map(async (row) => ({
          ...lineOf(row, state, recordingOf(config, row, facts), (schedule) => turnOf(config, schedule, facts)),
          ...(row.secondCopy === true ? { secondCopy: await copyOf(deps, config, state, row.channel) } : {}),
        }));
      const channels = await Promise.all(lines);
      const sum = (values: readonly (number | undefined)[]) => values.reduce<number>((all, one) => all + (one ?? 0), 0);
      return {
        ...{ at: facts.wall, arming: facts.arming, channels },
        files: config.site.files ?? { minutes: defaults.fileMinutes },
        memory: {
          usedBytes: sum(state.recorderStats.map((one) => one.usedBytes)),
          budgetBytes: sum(state.recorderStats.map((one) => one.budgetBytes)),
          needBytes: sum(channels.map(({ needBytes }) => needBytes)),
        },
      };
    },
  );
}

function lineOf(
  row: ChannelSettings,
  state: LiveState,
  { now, because, schedule }: RecordDecision,
  turn: (schedule: number) => number | undefined,
) {
  const { channel, name } = row;
  const live = state.channels.find((one) => one.channel === channel);
  const stats = state.recorderStats.flatMap(({ channels }) => channels).find((one) => one.channel === channel);
  const until = schedule === undefined || because === "clock-not-set" ? undefined : turn(schedule);
  const preRecordMs = row.preRecordS * 1000;
  const gop = live?.gopMs === undefined ? {} : { gopMs: live.gopMs };
  return {
    ...{ channel, name, now, because, preRecordMs },
    ...(row.recordSub === true && row.subUrl !== undefined ? { sub: true } : {}),
    ...(schedule === undefined ? {} : { schedule }),
    ...(until === undefined ? {} : { until }),
    ...{ ringMs: live?.ringMs ?? 0, ringBytes: stats?.ringBytes ?? 0 },
    needBytes: ringNeedBytes({ now, preRecordMs, bitsPerSecond: live?.bitsPerSecond ?? 0, ...gop }),
  };
}

/** Where a camera's second copies lie and how far they are. */
async function copyOf(deps: ApiDeps, config: SiteConfig, state: LiveState, channel: number) {
  const volumes = config.volumes.filter(({ archive }) => archive?.takes === "chosen").map(({ id }) => id);
  const ready = state.volumes.some((one) => one.state === "ready" && volumes.includes(one.volumeId));
  const { through, waiting } = await deps.reads.copyState(channel, volumes);
  // one is always on its way: it is copied when the next one has begun
  const how: "none" | "away" | "waiting" | "whole" =
    volumes.length === 0 ? "none" : !ready ? "away" : waiting > 1 ? "waiting" : "whole";
  return {
    ...{ volumes, state: how, waiting },
    ...(through === undefined ? {} : { through }),
  };
}

function turnOf(config: SiteConfig, schedule: number, { wall, time }: RecordFacts): number | undefined {
  const settings = config.schedules.find((one) => one.schedule === schedule);
  if (settings === undefined || time === undefined) return undefined;
  return scheduleNow(settings, config.site.holidays ?? [], time.clock, wall).until;
}
