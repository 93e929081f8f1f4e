/** What the detection process says, believed as far as it makes sense: it decodes what strangers send. Pure. */
import { after, before, between, instant, seconds, type Instant } from "../kernel/time.ts";
import type { SeenLevel } from "../domain/detection/news.ts";
import { pointsOfDetection } from "../domain/detection/points.ts";
import type { Level } from "../domain/level.ts";
import { oneLine } from "../domain/message-title.ts";
import type { ChannelDetection, DetectionPlan, ObjectTripped } from "../messages/detection.ts";

/** Somebody who closed a point of a camera's board. */
export type ObjectTrip = Omit<ObjectTripped, "board"> & { readonly channel: number };

export interface ReadLevels {
  readonly levels: readonly (SeenLevel & { readonly board: number })[];
  /** Why something was left out or put right, for the log. */
  readonly doubts: readonly string[];
}

/** An edge counts from the arrival of its picture, but no further back than this. */
export const oldest = seconds(60);
/** Clocks of one boot agree; a little is for rounding. */
const ahead = 5;

const levelNames: readonly string[] = ["closed", "open", "unknown"] satisfies Level[];
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Levels of points that the plan has. An instant that can't be is moved to the nearest that can. */
export function readLevels(said: unknown, plan: DetectionPlan, now: Instant): ReadLevels {
  const doubts: string[] = [];
  const levels = (Array.isArray(said) ? said : [said]).flatMap((one: unknown) => {
    const read = readLevel(one, plan);
    if (typeof read === "string") doubts.push(read);
    if (typeof read === "string") return [];
    const at = believable(read.at, now);
    if (at !== read.at) doubts.push(`a level is ${Math.round(between(now, read.at))} ms from now`);
    return [{ ...read, at }];
  });
  return { levels, doubts };
}

function believable(at: Instant, now: Instant): Instant {
  if (at > after(now, ahead)) return now;
  return at < before(now, oldest) ? before(now, oldest) : at;
}

function readLevel(said: unknown, plan: DetectionPlan): ReadLevels["levels"][number] | string {
  if (!isRecord(said)) return "a level that is none";
  const { board, point, level, at, reason, title } = said;
  const planned = plan.channels.find((row) => row.board === board);
  if (planned === undefined) return `a level of board ${String(board)}, which is not looked at`;
  if (typeof point !== "number" || !pointsOfDetection(planned.settings).includes(point))
    return `a level of point ${String(point)}, which board ${planned.board} has not`;
  if (typeof level !== "string" || !levelNames.includes(level)) return `${String(level)} is no level of a picture`;
  if (typeof at !== "number" || !Number.isFinite(at)) return "a level without its time";
  return {
    ...{ board: planned.board, point, level: level as Level, at: instant(at) },
    ...(typeof reason === "string" && level === "unknown" ? { reason: oneLine(reason) } : {}),
    ...(typeof title === "string" && level === "closed" && title.trim() !== "" ? { title: oneLine(title) } : {}),
  };
}

/** Who closed a point that the plan has, and of which camera they are; undefined: nothing that can be. */
export function readTrip(said: object, plan: DetectionPlan): ObjectTrip | undefined {
  const { board, point, at, object, label } = said as Readonly<Record<string, unknown>>;
  const planned = plan.channels.find((row) => row.board === board);
  if (planned === undefined || typeof point !== "number" || typeof at !== "number" || !Number.isFinite(at))
    return undefined;
  // it names a file
  if (typeof object !== "string" || !/^\d{1,16}-\d{1,9}$/.test(object)) return undefined;
  return { channel: planned.channel, point, at, object, label: typeof label === "string" ? oneLine(label) : "" };
}

const states: readonly string[] = [
  ...(["starting", "learning", "watching", "arriving", "blind"] satisfies ChannelDetection["state"][]),
];
const amount = (value: unknown, most = 1e6): number =>
  typeof value === "number" && Number.isFinite(value) ? Math.min(most, Math.max(0, value)) : 0;

/** How it goes with the cameras of the plan. */
export function readStatus(said: unknown, plan: DetectionPlan): ChannelDetection[] {
  return (Array.isArray(said) ? said : []).flatMap((one: unknown): ChannelDetection[] => {
    if (!isRecord(one)) return [];
    const { channel, state, reason, stream } = one;
    if (typeof state !== "string" || !states.includes(state)) return [];
    const planned = plan.channels.find((row) => row.channel === channel);
    if (planned === undefined) return [];
    return [
      {
        ...{ channel: planned.channel, state: state as ChannelDetection["state"] },
        reason: typeof reason === "string" ? oneLine(reason) : "",
        stream: stream === "main" ? "main" : "sub",
        ...{ lookedAt: amount(one["lookedAt"]), skipped: amount(one["skipped"]), costMs: amount(one["costMs"]) },
        slowedBy: amount(one["slowedBy"], 1),
      },
    ];
  });
}
