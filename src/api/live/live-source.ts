import { closeCodes } from "../../contract/streams.ts";
import { createLiveMuxer, type LiveOutput } from "../../media/mp4/live-muxer.ts";
import { convertBusy, type ConvertRequest } from "../../messages/convert.ts";
import type { MediaReaderEvents } from "../../platform/media-reader.ts";
import type { MediaStream, Subscribe } from "../../messages/media.ts";
import { createUnitTranslator } from "./media-units.ts";
import type { LiveRequest, LiveSink, LiveSource } from "./ports.ts";

/** Bytes that may wait for a viewer; beyond it whole GOPs are left out until it has caught up to half of that. */
const mostWaiting = 4 * 1024 * 1024;

export type OpenMedia = (subscribe: Subscribe, events: MediaReaderEvents) => Disposable;
export type OpenConverted = (request: ConvertRequest, events: MediaReaderEvents) => Disposable;

/** Live pictures from the recorder's media socket, made into fragments that a browser's MediaSource plays. */
export const liveSource = (open: OpenMedia, openConverted: OpenConverted): LiveSource => ({
  watch(request, sink) {
    const toViewer = feedViewer(request, sink);
    const most = request.mostConversions;
    const openHere = (events: MediaReaderEvents) => keptOpen((inner) => open(subscribeFor(request), inner), events);
    if (most === undefined || request.track === "audio") return both(openHere(toViewer), toViewer);
    return both(
      onceConverted(
        openHere,
        () => openConverted({ channel: request.channel, stream: request.stream, most }, refusing(toViewer, sink, most)),
        toViewer,
      ),
      toViewer,
    );
  },
});

type Feed = MediaReaderEvents & Disposable;

/** From units to what a viewer's socket takes. */
function feedViewer(request: LiveRequest, sink: LiveSink): Feed {
  const translator = createUnitTranslator();
  const muxer = createLiveMuxer(request.track);
  const gate = gopGate(sink);
  return {
    parameters: (parameters) => translator.parameters(parameters),
    unit(media) {
      const unit = media.track === request.track ? translator.unit(media) : undefined;
      if (unit !== undefined) for (const output of muxer.push(unit)) gate(output);
    },
    state: ({ state, reason }) => sink.text({ kind: "state", state, reason }),
    stream: ({ stream, reason }) => sink.text({ kind: "stream", stream, reason }),
    dropped: (gops) => sink.text({ kind: "dropped", gops }),
    closed: (reason) => sink.close(closeCodes.recorderAway, reason),
    [Symbol.dispose]: () => muxer.close(),
  };
}

const both = (one: Disposable, two: Disposable): Disposable => ({
  [Symbol.dispose]() {
    one[Symbol.dispose]();
    two[Symbol.dispose]();
  },
});

/** A sub stream that fails is handed over: the recorder says so and closes, and asked again it gives the main stream. */
function keptOpen(open: (events: MediaReaderEvents) => Disposable, feed: MediaReaderEvents): Disposable {
  let told: MediaStream | undefined;
  let handedOver = false;
  let over = false;
  const events: MediaReaderEvents = {
    ...feed,
    stream(served) {
      handedOver = told?.stream === "sub" && served.stream === "main";
      if (told?.stream !== served.stream || told.reason !== served.reason) feed.stream?.(served);
      told = served;
    },
    closed(reason) {
      if (!handedOver || over) feed.closed(reason);
      else {
        handedOver = false;
        reader = open(events);
      }
    },
  };
  let reader = open(events);
  return {
    [Symbol.dispose]() {
      over = true;
      reader[Symbol.dispose]();
    },
  };
}

/** As the camera sends it, unless that is H.265: then the conversion takes over. */
function onceConverted(
  open: (events: MediaReaderEvents) => Disposable,
  convert: () => Disposable,
  feed: MediaReaderEvents,
): Disposable {
  let converting: Disposable | undefined;
  const plain = open({
    ...feed,
    parameters(parameters) {
      if (converting !== undefined) return;
      if (parameters.track === "video" && parameters.codec === "h265") converting = convert();
      else feed.parameters(parameters);
    },
    unit: (unit) => (converting === undefined ? feed.unit(unit) : plain[Symbol.dispose]()),
    closed: (reason) => (converting === undefined ? feed.closed(reason) : undefined),
  });
  return {
    [Symbol.dispose]() {
      plain[Symbol.dispose]();
      converting?.[Symbol.dispose]();
    },
  };
}

/** A refused conversion is told as one; a converter that is away too. */
function refusing(feed: MediaReaderEvents, sink: LiveSink, most: number): MediaReaderEvents {
  let served = false;
  let refused = false;
  let why = "The process that converts pictures is not running.";
  const refuse = (reason: string, busy: boolean): void => {
    if (refused) return;
    refused = true;
    sink.text({ kind: "refused", reason, most, busy });
    sink.close(closeCodes.refused, reason);
  };
  return {
    ...feed,
    parameters(parameters) {
      served = true;
      feed.parameters(parameters);
    },
    state(state) {
      if (state.state === convertBusy) refuse(state.reason, true);
      else if (state.state === "failed") why = state.reason;
      else feed.state?.(state);
    },
    closed: (reason) => (served ? feed.closed(reason) : refuse(why, false)),
  };
}

const subscribeFor = ({ channel, stream, track }: LiveRequest): Subscribe => ({
  channel,
  stream,
  from: "ring-gop",
  audio: track === "audio",
});

/** Sends fragments, and leaves out whole GOPs while the viewer is too slow: never a part of one. */
function gopGate(sink: LiveSink): (output: LiveOutput) => void {
  let leftOut = 0;
  let closed = false;
  return (output) => {
    if (output.kind === "init") {
      sink.text({ kind: "init", mime: output.mime, ...sizeOf(output.parameters) });
      sink.binary(output.bytes);
      return;
    }
    if (closed && output.key && sink.waiting <= mostWaiting / 2) {
      sink.text({ kind: "dropped", gops: leftOut });
      closed = false;
      leftOut = 0;
    }
    // a GOP is begun only when there is room; one that is under way is cut off when there is none left
    if (!closed && sink.waiting > mostWaiting) {
      closed = true;
      leftOut = output.key ? 0 : 1;
    }
    if (!closed) sink.binary(output.bytes);
    else if (output.key) leftOut++;
  };
}

const sizeOf = (parameters: Extract<LiveOutput, { kind: "init" }>["parameters"]) =>
  parameters.kind === "video" ? { width: parameters.width, height: parameters.height } : {};
