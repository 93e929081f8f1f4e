/**
 * One RTSP session over one TCP connection (RFC 2326), as a pure machine:
 *
 *     options ─▶ describe ─▶ setup (video, then audio) ─▶ play ─▶ playing ─▶ over
 *         └───────────┴──────────── failed, redirected or stopped ───────────▶ over
 *
 * Messages and the time go in, text to send and facts come out. `nextWake` says when it wants to be asked again.
 */
import { step, type Step } from "../../kernel/machine.ts";
import { after, type Duration, type Instant } from "../../kernel/time.ts";
import type { MediaFormat } from "../types.ts";
import { acceptLogin, answers, ask, askAgain, newLink, noteSession } from "./exchange.ts";
import type { Asked, Link, RtspConfig, Wanted } from "./exchange.ts";
import { failure, failureOfStatus, type RtspFailure } from "./failure.ts";
import { parseMethods, parseTransport } from "./headers.ts";
import { formatAnswer, header, type RtspMessage, type RtspRequest, type RtspResponse } from "./message.ts";
import { readPresentation, type Presentation } from "./presentation.ts";
import { latin1 } from "./text.ts";

export type { RtspConfig } from "./exchange.ts";

/** A track that the camera agreed to send, and on which interleaved channels. */
export interface RtspTrack {
  readonly format: MediaFormat;
  readonly rtpChannel: number;
  readonly rtcpChannel: number;
}

type Phase =
  | { readonly kind: "options" }
  | { readonly kind: "describe" }
  | {
      readonly kind: "setup";
      readonly control: string;
      readonly left: readonly MediaFormat[];
      readonly tracks: readonly RtspTrack[];
    }
  | { readonly kind: "play"; readonly control: string; readonly tracks: readonly RtspTrack[] }
  | { readonly kind: "playing"; readonly control: string; readonly keepAliveAt: Instant }
  | { readonly kind: "over" };

export interface RtspSession {
  readonly link: Link;
  readonly phase: Phase;
  readonly asked: Asked | undefined;
}

export type RtspEvent =
  | { readonly kind: "message"; readonly message: RtspMessage }
  | { readonly kind: "wake" }
  /** End it politely. */
  | { readonly kind: "stop" };

export type RtspEffect =
  | { readonly kind: "send"; readonly text: string }
  /** The camera let us in with our credentials. */
  | { readonly kind: "accepted" }
  /** What the camera offers and what of it will be set up. */
  | { readonly kind: "described"; readonly presentation: Presentation; readonly wanted: readonly MediaFormat[] }
  /** Frames on these channels may come from now on. */
  | { readonly kind: "track"; readonly track: RtspTrack }
  | { readonly kind: "playing" }
  | { readonly kind: "redirect"; readonly url: string }
  | { readonly kind: "failed"; readonly failure: RtspFailure };

type Stepped = Step<RtspSession, RtspEffect>;

const wanted = (method: string, url: string, ...headers: readonly (readonly [string, string])[]): Wanted => ({
  method,
  url,
  headers,
});

function send(config: RtspConfig, link: Link, phase: Phase, request: Wanted, now: Instant): Stepped {
  const asking = ask(config, link, request, now);
  return step({ link: asking.link, phase, asked: asking.asked }, { kind: "send", text: asking.text });
}

const over = (state: RtspSession, ...effects: readonly RtspEffect[]): Stepped =>
  step<RtspSession, RtspEffect>({ link: state.link, phase: { kind: "over" }, asked: undefined }, ...effects);

const fail = (state: RtspSession, why: RtspFailure): Stepped => over(state, { kind: "failed", failure: why });

const first = (effect: RtspEffect, stepped: Stepped): Stepped => ({
  state: stepped.state,
  effects: [effect, ...stepped.effects],
});

/** The connection stands: begins by asking what the camera can do. */
export const beginRtspSession = (config: RtspConfig, now: Instant): Stepped =>
  send(config, newLink, { kind: "options" }, wanted("OPTIONS", config.url), now);

/** When `wake` is due: the deadline of an answer or the next keep-alive. */
export function nextRtspWake(state: RtspSession): Instant | undefined {
  const { asked, phase } = state;
  if (phase.kind === "playing") return phase.keepAliveAt;
  return asked?.deadline;
}

/** @see RtspSession */
export function stepRtspSession(config: RtspConfig, state: RtspSession, event: RtspEvent, now: Instant): Stepped {
  if (state.phase.kind === "over") return step(state);
  switch (event.kind) {
    case "wake":
      return onWake(config, state, now);
    case "stop":
      return onStop(config, state, now);
    case "message":
      return event.message.kind === "request"
        ? onRequest(state, event.message)
        : onResponse(config, state, event.message, now);
  }
}

function onWake(config: RtspConfig, state: RtspSession, now: Instant): Stepped {
  const { phase, asked, link } = state;
  if (phase.kind !== "playing" && asked !== undefined && now >= asked.deadline) {
    const s = Math.round(config.answerWithin / 1000);
    return fail(state, failure("timed-out", `The camera did not answer ${asked.wanted.method} within ${s} s.`));
  }
  // Some cameras never answer while they send, and want to be asked all the same; a dead one has no pictures.
  if (phase.kind !== "playing" || now < phase.keepAliveAt) return step(state);
  const method = link.methods.has("GET_PARAMETER") ? "GET_PARAMETER" : "OPTIONS";
  const next = { ...phase, keepAliveAt: after(now, keepAliveEvery(link)) };
  return send(config, link, next, wanted(method, phase.control), now);
}

/** Half of the camera's patience, at most a minute. */
const keepAliveEvery = (link: Link): Duration => Math.min(60_000, Math.max(500, (link.session?.timeout ?? 60_000) / 2));

function onStop(config: RtspConfig, state: RtspSession, now: Instant): Stepped {
  const { phase, link } = state;
  if (link.session === undefined || !("control" in phase)) return over(state);
  const asking = ask(config, link, wanted("TEARDOWN", phase.control), now);
  return over({ ...state, link: asking.link }, { kind: "send", text: asking.text });
}

const understood: ReadonlySet<string> = new Set(["OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "TEARDOWN"]);

/** A request of the camera: answered so that it stays content; TEARDOWN and REDIRECT end the session. */
function onRequest(state: RtspSession, request: RtspRequest): Stepped {
  const known = understood.has(request.method);
  const answer: RtspEffect = { kind: "send", text: formatAnswer(request, known ? 200 : 501) };
  if (request.method === "TEARDOWN" || request.method === "REDIRECT")
    return first(answer, fail(state, failure("closed", "The camera ended the session.")));
  return step(state, answer);
}

function onResponse(config: RtspConfig, state: RtspSession, response: RtspResponse, now: Instant): Stepped {
  const { asked } = state;
  if (asked === undefined || !answers(asked, response)) return step(state);
  if (response.status === 401) {
    const result = askAgain(config, state.link, asked, response, now);
    if ("refused" in result) return fail(state, result.refused);
    const { link, asked: again, text } = result.again;
    return step({ ...state, link, asked: again }, { kind: "send", text });
  }
  const welcome = asked.authorized && response.status < 300 && state.link.login?.accepted === false;
  const link = welcome ? acceptLogin(state.link) : state.link;
  const stepped = onAnswer(config, { ...state, link, asked: undefined }, asked, response, now);
  return welcome ? first({ kind: "accepted" }, stepped) : stepped;
}

function onAnswer(config: RtspConfig, state: RtspSession, asked: Asked, response: RtspResponse, now: Instant): Stepped {
  const { phase, link } = state;
  const good = response.status < 300;
  const location = header(response, "location");
  if (response.status >= 300 && response.status < 400 && (phase.kind === "options" || phase.kind === "describe"))
    return location === undefined || location === ""
      ? fail(state, failure("camera-error", "The camera sends us elsewhere without saying where."))
      : over(state, { kind: "redirect", url: location });
  const bad = failureOfStatus(response.status, asked.wanted.method, response.reason);
  switch (phase.kind) {
    case "options": {
      const methods = parseMethods((good ? header(response, "public") : undefined) ?? "");
      const describe = wanted("DESCRIBE", config.url, ["Accept", "application/sdp"]);
      return send(config, { ...link, methods }, { kind: "describe" }, describe, now);
    }
    case "describe":
      return good ? onDescribed(config, state, response, now) : fail(state, bad);
    case "setup":
      return onSetUp(config, state, phase, response, now);
    case "play": {
      if (!good) return fail(state, bad);
      const playing: Phase = {
        kind: "playing",
        control: phase.control,
        keepAliveAt: after(now, keepAliveEvery(link)),
      };
      return step({ link, phase: playing, asked: undefined }, { kind: "playing" });
    }
    case "playing": {
      if (response.status === 454) return fail(state, bad);
      if (good || asked.wanted.method !== "GET_PARAMETER") return step(state);
      const methods = new Set([...link.methods].filter((name) => name !== "GET_PARAMETER"));
      return step({ ...state, link: { ...link, methods } });
    }
    case "over":
      return step(state);
  }
}

function onDescribed(config: RtspConfig, state: RtspSession, response: RtspResponse, now: Instant): Stepped {
  const urls = {
    request: config.url,
    contentBase: header(response, "content-base"),
    contentLocation: header(response, "content-location"),
  };
  const read = readPresentation(latin1(response.body), urls);
  if (!read.ok) return fail(state, failure("camera-error", read.error));
  const presentation = read.value;
  const video = presentation.formats.find((format) => format.track === "video");
  const audio = config.audio ? presentation.formats.find((format) => format.track === "audio") : undefined;
  if (video === undefined) {
    const unknown = presentation.skipped.find((skipped) => skipped.media === "video");
    return fail(
      state,
      unknown === undefined
        ? failure("no-video", "The camera offers no video at this address.")
        : failure("codec-unsupported", unknown.reason),
    );
  }
  const formats = audio === undefined ? [video] : [video, audio];
  const described: RtspEffect = { kind: "described", presentation, wanted: formats };
  return first(described, setUpNext(config, state.link, presentation.control, formats, [], now));
}

function setUpNext(
  config: RtspConfig,
  link: Link,
  control: string,
  left: readonly MediaFormat[],
  tracks: readonly RtspTrack[],
  now: Instant,
): Stepped {
  const [next] = left;
  if (next === undefined)
    return send(config, link, { kind: "play", control, tracks }, wanted("PLAY", control, ["Range", "npt=0.000-"]), now);
  const channel = requestedChannel(next);
  const transport = `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`;
  const phase: Phase = { kind: "setup", control, left, tracks };
  return send(config, link, phase, wanted("SETUP", next.control, ["Transport", transport]), now);
}

const requestedChannel = (format: MediaFormat): number => (format.track === "video" ? 0 : 2);

function onSetUp(
  config: RtspConfig,
  state: RtspSession,
  phase: Extract<Phase, { kind: "setup" }>,
  response: RtspResponse,
  now: Instant,
): Stepped {
  const [format, ...left] = phase.left;
  if (format === undefined) return step(state);
  const answer = parseTransport(header(response, "transport") ?? "RTP/AVP/TCP");
  const why =
    response.status >= 300
      ? failureOfStatus(response.status, "SETUP", response.reason)
      : answer.tcp
        ? undefined
        : failure("transport-refused", "The camera insists on UDP; Reed takes the stream over TCP.");
  if (why !== undefined) {
    // A camera without working audio still records its picture.
    if (format.track === "video") return fail(state, why);
    return setUpNext(config, state.link, phase.control, left, phase.tracks, now);
  }
  const link = noteSession(state.link, response);
  const asked = requestedChannel(format);
  const taken = phase.tracks.some((track) => track.rtpChannel === answer.interleaved?.[0]);
  const [rtpChannel, rtcpChannel] = taken ? [asked, asked + 1] : (answer.interleaved ?? [asked, asked + 1]);
  const track = { format, rtpChannel, rtcpChannel };
  return first({ kind: "track", track }, setUpNext(config, link, phase.control, left, [...phase.tracks, track], now));
}
