/** Carries out what the feeder (`feeder.ts`) decides, on one media element: socket, MediaSource, timers. */
import { openLiveMedia, type LiveRequest } from "../live-media.ts";
import { newFeeder, stepFeeder, type Feeder, type FeederEffect, type FeederEvent } from "./feeder.ts";
import type { PlayerStatus } from "./player-status.ts";
import { behindBy } from "./live-edge.ts";
import { openSink, type MediaSink } from "./media-sink.ts";

export interface LivePlayer extends Disposable {
  /** Hidden, it holds no connection; shown again it comes back at the live edge. */
  show(visible: boolean): void;
  /** The camera is known to be there (again). */
  hurry(): void;
  /** Seconds between the picture that is shown and the newest that has arrived; undefined without pictures. */
  behind(): number | undefined;
  /** When the picture was taken that the element shows at this time of its own, ms since 1970; where that is known. */
  wallAt(mediaTime: number): number | undefined;
}

/** RFC 6455 close code of `closeCodes.loggedOut`; the contract's values stay on the server. */
const loggedOut = 4004;

type Source = Omit<LiveRequest, "convert">;

/** Plays a track of a channel on an element, from `show(true)` on. `changed` is called when the status is another. */
export function startLivePlayer(
  element: HTMLMediaElement,
  source: Source,
  changed: (status: PlayerStatus) => void,
): LivePlayer {
  let state: Feeder = newFeeder;
  let told: Feeder | undefined;
  let instead: string | undefined;
  let connection: Disposable | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sink: MediaSink = openSink(element, {
    taken: () => feed({ kind: "appended", buffer: sink.facts() }),
    failed: (full) => feed({ kind: "append-failed", full, buffer: sink.facts() }),
    starved: () => feed({ kind: "starved" }),
  });
  const tell = (): void => {
    const status = statusOf(state);
    changed(status.kind === "playing" && instead !== undefined ? { ...status, instead } : status);
  };
  const connect = (convert: boolean): void => {
    connection?.[Symbol.dispose]();
    connection = openLiveMedia(
      { ...source, convert },
      {
        opened: () => feed({ kind: "opened" }),
        bytes: (bytes) => feed({ kind: "bytes", bytes }),
        closed: (code) => feed({ kind: "closed", loggedOut: code === loggedOut }),
        message(message) {
          if (message.kind === "init") {
            feed({ kind: "init", mime: message.mime, playable: MediaSource.isTypeSupported(message.mime) });
          } else if (message.kind === "stream") {
            instead = source.stream === "sub" && message.stream === "main" ? message.reason : undefined;
            tell();
          } else if (message.kind === "refused") {
            const { reason, most, busy } = message;
            feed({ kind: "refused", refusal: { reason, most, busy } });
          }
        },
      },
    );
  };
  const carryOut = (effect: FeederEffect): void => {
    switch (effect.kind) {
      case "connect":
        connect(effect.convert);
        return;
      case "disconnect":
        connection?.[Symbol.dispose]();
        connection = undefined;
        return;
      case "wake":
        clearTimeout(timer);
        timer = setTimeout(() => feed({ kind: "wake" }), Math.max(0, effect.at - performance.now()));
        return;
      default:
        sink.carryOut(effect);
    }
  };
  const feed = (event: FeederEvent): void => {
    const step = stepFeeder(state, event, performance.now());
    state = step.state;
    for (const effect of step.effects) carryOut(effect);
    // the same connection, and as much of it in the buffer: nothing new to say, as nearly always
    if (state.phase === told?.phase && state.fed === told.fed && state.attempts === told.attempts) return;
    told = state;
    tell();
  };
  return {
    show: (visible) => feed({ kind: visible ? "show" : "hide" }),
    hurry: () => feed({ kind: "hurry" }),
    behind: () => behindBy(sink.facts()),
    wallAt: (mediaTime) => sink.wallAt(mediaTime),
    [Symbol.dispose]() {
      feed({ kind: "hide" });
      clearTimeout(timer);
      sink[Symbol.dispose]();
    },
  };
}

function statusOf({ phase, attempts, convert, fed }: Feeder): PlayerStatus {
  switch (phase.kind) {
    case "idle":
      return { kind: "stopped" };
    case "connecting":
    case "open":
      return fed === "yes" ? { kind: "playing", converted: convert } : { kind: "connecting", attempts };
    case "pausing":
      return phase.refused === undefined ? { kind: "connecting", attempts } : { kind: "refused", ...phase.refused };
    case "unplayable":
      return { kind: "unplayable", mime: phase.mime };
  }
}
