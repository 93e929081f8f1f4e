/** The cameras of the plan: begins, ends and begins anew what changed. */
import { join } from "node:path";
import type { ChannelDetection, DetectedChannel, DetectedLevel } from "../messages/detection.ts";
import { forgetOldDays } from "../platform/day-files.ts";
import { openMotionWriter, type MotionWriter } from "../platform/motion-file.ts";
import type { Log } from "../platform/log.ts";
import type { ThriftStep } from "./thrift.ts";
import { underWatch, type Suspects } from "./suspects.ts";
import { openProofShelf, type ProofShelf } from "./proof-shelf.ts";
import { openChannel, type ChannelDeps, type DetectionChannel } from "./channel.ts";

export interface ChannelsDeps extends Omit<ChannelDeps, "writer" | "proofs" | "show" | "watched" | "note"> {
  readonly log: Log;
  readonly suspects: Suspects;
  /** `data/detection`. */
  readonly folder: string;
  readonly looks: {
    show(channel: number, look: Parameters<ChannelDeps["show"]>[0]): void;
    watched(channel: number): boolean;
  };
}

export interface Channels extends AsyncDisposable {
  follow(wanted: readonly DetectedChannel[]): void;
  /** Once a second. */
  tick(): void;
  slow(step: ThriftStep): void;
  /** Of the camera that is furthest behind, ms. */
  takeBehind(): number;
  status(): readonly ChannelDetection[];
  readonly levels: readonly DetectedLevel[];
  /** How many there are. */
  readonly cameras: number;
  /** The camera whose pictures are the largest; undefined while none is decoded. */
  readonly dearest: number | undefined;
  /** Nothing of this camera is decoded for now. */
  leaveOut(channel: number, reason: string): void;
}

interface Open {
  readonly channel: DetectionChannel;
  readonly writer: MotionWriter;
  readonly proofs: ProofShelf;
}

/** Old days are looked for so often, in ticks. */
const forgetEvery = 3600;

export function openChannels(deps: ChannelsDeps): Channels {
  const { clock, log } = deps;
  const open = new Map<number, Open>();
  let ticks = 0;
  let step: ThriftStep | undefined;
  /** A disk that refuses is said once. */
  let refused = "";

  const folderOf = (channel: number): string => join(deps.folder, String(channel));
  const begin = (wanted: DetectedChannel): void => {
    const { channel } = wanted;
    const writer = openMotionWriter(folderOf(channel));
    const proofs = openProofShelf(
      folderOf(channel),
      () => clock.wall(),
      (reason) => log.warn({ channel, reason }, "what is proven of a camera can't be kept"),
    );
    const opened = openChannel(wanted, {
      ...deps,
      pictures: underWatch(deps.pictures, channel, deps.suspects),
      writer,
      proofs,
      show: (look) => deps.looks.show(channel, look),
      watched: () => deps.looks.watched(channel),
      note: (state, reason) => log[state === "blind" ? "warn" : "info"]({ channel, state, reason }, "analysis"),
    });
    if (step !== undefined) opened.slow(step);
    open.set(channel, { channel: opened, writer, proofs });
  };
  const end = async (number: number): Promise<void> => {
    const one = open.get(number);
    open.delete(number);
    one?.channel[Symbol.dispose]();
    await one?.proofs.settled();
    await keep(() => one?.writer[Symbol.asyncDispose]());
  };
  const keep = async (work: () => PromiseLike<void> | undefined): Promise<void> => {
    try {
      await work();
      refused = "";
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (why !== refused) log.error({ error: why }, "what moved can't be written");
      refused = why;
    }
  };
  const forget = async ({ channel, keepDays }: DetectedChannel): Promise<void> => {
    try {
      const days = await forgetOldDays(folderOf(channel), keepDays, clock.wall());
      if (days > 0) log.info({ channel, days }, "what moved longer ago than footage is kept was removed");
    } catch (error) {
      log.warn({ channel, error: String(error) }, "old days can't be removed");
    }
  };
  return {
    follow(wanted) {
      const next = new Map(wanted.map((one) => [one.channel, one]));
      for (const [number, { channel }] of open) {
        if (JSON.stringify(channel.wanted) !== JSON.stringify(next.get(number))) void end(number);
      }
      for (const one of wanted) if (!open.has(one.channel)) begin(one);
    },
    tick() {
      for (const { channel, writer } of open.values()) {
        channel.tick();
        void keep(() => writer.flush(clock.wall()));
        if (ticks % forgetEvery === 0) void forget(channel.wanted);
      }
      ticks++;
    },
    slow(next) {
      step = next;
      for (const { channel } of open.values()) channel.slow(next);
    },
    takeBehind: () => Math.max(0, ...[...open.values()].map(({ channel }) => channel.takeBehind())),
    status: () => [...open.values()].map(({ channel }) => channel.status()),
    get levels() {
      return [...open.values()].flatMap(({ channel }) => channel.levels);
    },
    get cameras() {
      return open.size;
    },
    get dearest() {
      const decoded = [...open].filter(([, { channel }]) => channel.pixels > 0);
      return decoded.sort(([, a], [, b]) => b.channel.pixels - a.channel.pixels)[0]?.[0];
    },
    leaveOut: (channel, reason) => open.get(channel)?.channel.leaveOut(reason),
    async [Symbol.asyncDispose]() {
      await Promise.all([...open.keys()].map(end));
    },
  };
}
