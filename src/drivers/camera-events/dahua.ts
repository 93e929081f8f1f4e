/**
 * Camera events of Amcrest and Dahua (HTTP API 3.26 §4.9): one request whose answer does not end, and questions beside
 * it for what the camera has and what is so already. With a heartbeat, so that a dead connection is no calm.
 */
import { after, seconds, type Clock } from "../../kernel/time.ts";
import type { CameraOffer, CameraSaid } from "../../domain/detection/camera-said.ts";
import { loginRefused } from "../../domain/ptz-settings.ts";
import { askWithLogin, refusal, streamWithLogin, type Answered, type Stream } from "../camera-http.ts";
import { sleepUntil } from "../reconnect.ts";
import { allCodes, isRule, saidBy, thingCodes } from "./dahua-codes.ts";
import { createEventReader, type RawEvent } from "./dahua-stream.ts";
import { offerOf, tableNames, type TableName } from "./dahua-tables.ts";
import type { CameraEvents, CameraListener, EventCamera } from "./driver.ts";
import { keepOpen, type Ended, type Life } from "./keep-open.ts";

/** Seconds between signs of life that the camera is asked for. */
export const heartbeatS = 5;
/** Without any byte for so long it is lost. */
export const silenceMs = seconds(20);
/** What began and did not end is asked for so often. */
export const stateEvery = seconds(60);
/** What the camera has is asked for so often: somebody may have switched something on. */
const offerEvery = seconds(600);
const answerLimit = seconds(10);

export const attachPath = `/cgi-bin/eventManager.cgi?action=attach&codes=[${allCodes.join(",")}]&heartbeat=${heartbeatS}`;
export const indexesPath = (code: string): string => `/cgi-bin/eventManager.cgi?action=getEventIndexes&code=${code}`;
export const tablePath = (name: string): string => `/cgi-bin/configManager.cgi?action=getConfig&name=${name}`;

export function dahuaEvents(): CameraEvents {
  return {
    open(camera, listener, clock) {
      const stop = new AbortController();
      const life: Life = (signal, online) => listen({ camera, clock, listener }, signal, online);
      const done = keepOpen(clock, (link, at) => listener.link(link, at), stop.signal, life);
      return {
        async [Symbol.asyncDispose]() {
          stop.abort();
          await done;
        },
      };
    },
  };
}

interface Listening {
  readonly camera: EventCamera;
  readonly clock: Clock;
  readonly listener: CameraListener;
}

const lost = (reason: string): Ended => ({ kind: "lost", reason });
const isRefusal = (status: number): boolean => status === 401 || status === 403;

async function listen(on: Listening, outer: AbortSignal, online: () => void): Promise<Ended> {
  const { camera, clock } = on;
  // ends with this life, so that no question of it outlasts it
  const inner = new AbortController();
  const end = () => inner.abort();
  outer.addEventListener("abort", end);
  const limit = clock.wakeAt(after(clock.now(), answerLimit), end);
  try {
    const opened = await streamWithLogin(camera, attachPath, inner.signal);
    limit();
    if (!opened.ok) return lost(opened.error);
    const { status } = opened.value;
    const why = refusal({ status });
    if (isRefusal(status)) return { kind: "refused", reason: loginRefused };
    if (status !== 200) return lost(why ?? `the camera answered ${status}`);
    return await hear(on, opened.value, inner, online);
  } finally {
    limit();
    outer.removeEventListener("abort", end);
    end();
  }
}

/** Everything that came before it is known what is so already waits; then it goes on in its order. */
async function hear(on: Listening, stream: Stream, life: AbortController, online: () => void): Promise<Ended> {
  const { camera, clock, listener } = on;
  const reader = createEventReader(/boundary="?([^";\s]{1,70})/i.exec(stream.contentType)?.[1]);
  const book = openBook(camera, listener);
  let [dropped, silent] = [0, false];
  const silence = () => {
    silent = true;
    life.abort();
  };
  let cancelSilence = clock.wakeAt(after(clock.now(), silenceMs), silence);
  const ended = stream.read((bytes) => {
    cancelSilence();
    if (life.signal.aborted) return;
    cancelSilence = clock.wakeAt(after(clock.now(), silenceMs), silence);
    for (const event of reader.push(bytes)) book.take(event, clock);
    if (reader.dropped === dropped) return;
    dropped = reader.dropped;
    listener.dropped(dropped);
  });
  const tended = tend(on, book, life.signal, online).then((why) => {
    if (why !== undefined) life.abort();
    return why;
  });
  const reason = await ended;
  cancelSilence();
  life.abort();
  const why = await tended;
  return silent ? lost("the camera says nothing any more") : (why ?? lost(reason));
}

interface Book {
  take(event: RawEvent, clock: Clock): void;
  /** What came so far goes on, after what was so already. */
  begin(already: readonly CameraSaid[]): void;
  /** Codes that began and did not end; how often each has begun. */
  readonly running: ReadonlyMap<string, number>;
  say(said: CameraSaid): void;
}

/** Events that wait for the beginning at most. */
const mostWaiting = 1000;
/** Rules or regions of a code that are remembered at most. */
const mostParts = 64;

/** Which of a code's rules or regions an event is of; one that names none is one more. */
const partsOf = ({ what, rule = "", regions = [] }: CameraSaid): readonly string[] =>
  what === "rule" || regions.length === 0 ? [rule] : regions.map((region) => JSON.stringify(region));

function openBook({ input }: EventCamera, listener: CameraListener): Book {
  const running = new Map<string, number>();
  const parts = new Map<string, Set<string>>();
  let waiting: CameraSaid[] | undefined = [];
  const say = (said: CameraSaid): void => {
    const { code, phase } = said;
    const going = parts.get(code) ?? new Set<string>();
    if (phase === "start") for (const part of partsOf(said)) if (going.size < mostParts) going.add(part);
    if (phase === "stop") for (const part of partsOf(said)) going.delete(part);
    // what ended may have been one of several
    const isOver = phase === "stop" && (going.size === 0 || partsOf(said).includes(""));
    if (isOver) parts.delete(code);
    else parts.set(code, going);
    if (isOver) running.delete(code);
    else if (phase === "start") running.set(code, (running.get(code) ?? 0) + 1);
    listener.said(said);
  };
  return {
    running,
    say,
    take(event, clock) {
      const said = event.index === input - 1 ? saidBy(event, clock.now()) : undefined;
      if (said === undefined) return;
      if (waiting === undefined) say(said);
      else if (waiting.length < mostWaiting) waiting.push(said);
    },
    begin(already) {
      for (const said of [...already, ...(waiting ?? [])]) say(said);
      waiting = undefined;
    },
  };
}

/** Asks at the beginning, and again and again; resolves with why it can't go on, undefined after the abort. */
async function tend(on: Listening, book: Book, signal: AbortSignal, online: () => void): Promise<Ended | undefined> {
  const { clock, listener } = on;
  let offer = await offerBy(on, signal);
  const already = await activeCodes(on, [...notOff(offer), ...new Set(offer.rules.map(({ code }) => code))], signal);
  if (signal.aborted) return undefined;
  if ("kind" in already) return already;
  listener.offered(offer);
  online();
  book.begin(already.flatMap((code) => runningNow(code, offer, clock) ?? []));
  for (let ms = stateEvery; ; ms += stateEvery) {
    await sleepUntil(clock, after(clock.now(), stateEvery), signal);
    if (isOver(signal)) return undefined;
    const before = new Map(book.running);
    const still = await activeCodes(on, [...before.keys()], signal);
    if (isOver(signal)) return undefined;
    if ("kind" in still) return still;
    for (const [code, count] of before) {
      // what began anew while it was asked is not over
      if (still.includes(code) || book.running.get(code) !== count) continue;
      const over = saidBy({ code, action: "Stop", index: 0 }, clock.now());
      if (over !== undefined) book.say(over);
    }
    if (ms % offerEvery !== 0) continue;
    offer = await offerBy(on, signal);
    if (!isOver(signal)) listener.offered(offer);
  }
}

/** The answer names no rule: it is the only one of its kind, or one that is not said. */
function runningNow(code: string, { rules }: CameraOffer, clock: Clock): CameraSaid | undefined {
  if (!isRule(code)) return saidBy({ code, action: "Start", index: 0 }, clock.now());
  const [only, ...others] = rules.filter((rule) => rule.code === code);
  const named = only !== undefined && others.length === 0 ? { rule: only.name } : {};
  return { what: "rule", phase: "start", at: clock.now(), code, ...named };
}

/** Asked anew after each wait. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

const notOff = ({ things }: CameraOffer): readonly string[] =>
  Object.entries(thingCodes).flatMap(([code, thing]) => (things.get(thing) === false ? [] : [code]));

/** One question, answered within the limit. */
async function question({ camera, clock }: Listening, path: string, signal: AbortSignal) {
  const stop = new AbortController();
  const end = () => stop.abort();
  const cancel = clock.wakeAt(after(clock.now(), answerLimit), end);
  signal.addEventListener("abort", end);
  try {
    return await askWithLogin(camera, { method: "GET", path }, stop.signal);
  } finally {
    cancel();
    signal.removeEventListener("abort", end);
  }
}

async function offerBy(on: Listening, signal: AbortSignal): Promise<CameraOffer> {
  const tables: { [Name in TableName]?: string } = {};
  for (const name of tableNames) {
    if (signal.aborted) break;
    const answer = await question(on, tablePath(name), signal);
    if (answer.ok && answer.value.status === 200) tables[name] = answer.value.text;
  }
  return offerOf(tables, on.camera.input);
}

/** Which of these are so now; how this life ends when that can't be learnt: what is not known is not at rest. */
async function activeCodes(
  on: Listening,
  codes: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[] | Ended> {
  const active: string[] = [];
  for (const code of codes) {
    if (signal.aborted) break;
    const answer = await question(on, indexesPath(code), signal);
    if (!answer.ok) return lost(answer.error);
    if (isRefusal(answer.value.status)) return { kind: "refused", reason: loginRefused };
    const indexes = indexesIn(answer.value);
    if (indexes === undefined) return lost(refusal(answer.value) ?? notTold(answer.value.status));
    if (indexes.includes(on.camera.input - 1)) active.push(code);
  }
  return active;
}

const notTold = (status: number): string => `the camera answered ${status} when it was asked what is so now`;

/** It answers `Error`, with 200 or 400, where none is and where it has no such code; undefined: that is no answer. */
function indexesIn({ status, text }: Answered): readonly number[] | undefined {
  if (status === 400) return [];
  const indexes = [...text.matchAll(/^[^=\n]*=\s*(\d{1,4})\s*$/gm)].map(([, index]) => Number(index));
  return status === 200 && (indexes.length > 0 || /^\s*(error|$)/i.test(text)) ? indexes : undefined;
}
