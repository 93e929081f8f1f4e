import { closeCodes } from "../../contract/streams.ts";
import { createLiveMuxer, type LiveOutput } from "../../media/mp4/live-muxer.ts";
import type { MediaReaderEvents } from "../../platform/media-reader.ts";
import type { Subscribe } from "../../messages/media.ts";
import { createUnitTranslator } from "./media-units.ts";
import type { LiveRequest, LiveSink, LiveSource } from "./ports.ts";

/** Bytes that may wait for a viewer; beyond it whole GOPs are left out until it has caught up to half of that. */
const mostWaiting = 4 * 1024 * 1024;

export type OpenMedia = (subscribe: Subscribe, events: MediaReaderEvents) => Disposable;

/** Live pictures from the recorder's media socket, made into fragments that a browser's MediaSource plays. */
export const liveSource = (open: OpenMedia): LiveSource => ({
  watch(request, sink) {
    const translator = createUnitTranslator();
    const muxer = createLiveMuxer(request.track);
    const gate = gopGate(sink);
    const reader = open(subscribeFor(request), {
      parameters: (parameters) => translator.parameters(parameters),
      unit(media) {
        const unit = media.track === request.track ? translator.unit(media) : undefined;
        if (unit !== undefined) for (const output of muxer.push(unit)) gate(output);
      },
      state: ({ state, reason }) => sink.text({ kind: "state", state, reason }),
      dropped: (gops) => sink.text({ kind: "dropped", gops }),
      closed: (reason) => sink.close(closeCodes.recorderAway, reason),
    });
    return {
      [Symbol.dispose]() {
        reader[Symbol.dispose]();
        muxer.close();
      },
    };
  },
});

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
