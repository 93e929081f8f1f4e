/** Plays live G.711 through Web Audio; everything else is the business of `live-player.ts`. */
import { openLiveMedia } from "../../../shared/live-media.ts";
import { beginAt, decodeG711, g711Rate, lawOf, mediaData, type Law } from "../../../shared/g711.ts";
import type { PlayerStatus } from "../../../shared/live-picture/player-status.ts";

const againMs = 2000;

/** Plays until it is disposed; a lost connection is tried again. */
export function startG711Player(channel: number, changed: (status: PlayerStatus) => void): Disposable {
  const context = new AudioContext();
  let law: Law | undefined;
  let next: number | undefined;
  let init = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let connection = connect();
  // a press woke it; some browsers want to be asked all the same
  void context.resume();

  function play(fragment: Uint8Array): void {
    if (law === undefined) return;
    const samples = decodeG711(law, mediaData(fragment));
    const at = beginAt(context.currentTime, next);
    if (at === undefined || samples.length === 0) return;
    const buffer = context.createBuffer(1, samples.length, g711Rate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start(at);
    next = at + samples.length / g711Rate;
  }
  function connect(): Disposable {
    return openLiveMedia(
      { channel, stream: "main", track: "audio", convert: false },
      {
        opened: () => undefined,
        message(message) {
          if (message.kind !== "init") return;
          law = lawOf(message.mime);
          init = true;
          changed(
            law === undefined ? { kind: "unplayable", mime: message.mime } : { kind: "playing", converted: false },
          );
        },
        bytes(bytes) {
          // the init segment has no sound in it
          if (init) init = false;
          else play(bytes);
        },
        closed() {
          changed({ kind: "connecting", attempts: 1 });
          timer = setTimeout(() => (connection = connect()), againMs);
        },
      },
    );
  }
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      connection[Symbol.dispose]();
      void context.close();
    },
  };
}
