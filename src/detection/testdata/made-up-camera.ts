/** A camera for tests: what it shows is in the bytes of its units, and a decoder that reads them. */
import type { Clock, Instant } from "../../kernel/time.ts";
import { analysedHeight, analysedWidth } from "../../domain/detection/motion-grid.ts";
import { yardCamera, type Scene } from "../../domain/testdata/grey-pictures.ts";
import type { MediaUnit } from "../../platform/media-reader.ts";
import type { MediaEvents, OpenMedia } from "../media-source.ts";
import type { DecodedPicture, PictureSource } from "../ports.ts";

/** Decodes what `madeUpCamera` sends. A unit of one byte is damaged and throws. */
export function madeUpPictures(): PictureSource & { readonly opened: () => number } {
  let opened = 0;
  return {
    name: "made up",
    processes: [],
    opened: () => opened,
    open(parameters, events) {
      if (parameters.codec !== "h264") throw new Error(`pictures coded as "${parameters.codec}" are not decoded`);
      opened++;
      return {
        push(unit) {
          if (unit.data.length === 1) throw new Error("a damaged unit");
          events.picture(pictureOf(unit.data, unit.pts));
        },
        skip: () => undefined,
        [Symbol.dispose]: () => undefined,
      };
    },
  };
}

const pictureOf = (grey: Uint8Array, pts: number): DecodedPicture => ({
  ...{ pts, width: 352, height: 288 },
  // what stands behind the picture only makes its unit larger
  grey: () => grey.subarray(0, analysedWidth * analysedHeight),
  rgb: () => ({ width: 1, height: 1, bytes: new Uint8Array(3) }),
});

/** How a picture is coded; a key unit without more bytes than it needs where it is absent. */
export interface Coded {
  readonly key: boolean;
  /** Bytes more than it needs. */
  readonly more: number;
}

export interface MadeUpCamera {
  readonly openMedia: OpenMedia;
  readonly events: () => MediaEvents;
  /** Sends what a scene looks like and moves the clock by 200 ms; the instant at which it came. */
  show(scene?: Scene, coded?: Coded): Instant;
  /** Sends bytes as they are. */
  send(data: Uint8Array, key?: boolean): void;
  readonly closed: () => boolean;
}

export function madeUpCamera(clock: Clock & { advance(by: number): void }): MadeUpCamera {
  const camera = yardCamera();
  let events: MediaEvents | undefined;
  let closed = false;
  let pts = 0;
  const get = (): MediaEvents => {
    if (events === undefined) throw new Error("nobody has opened the camera");
    return events;
  };
  const send = (data: Uint8Array, key = true): void => {
    const unit: Omit<MediaUnit, "data"> = {
      ...{ track: "video", key, afterLoss: false, arrival: clock.now(), wall: clock.wall() },
      ...{ pts, dts: pts },
    };
    get().unit({ ...unit, data: Buffer.from(data) });
    pts += 18_000;
  };
  return {
    openMedia(_, given) {
      events = given;
      return { [Symbol.dispose]: () => void (closed = true) };
    },
    events: get,
    show(scene, { key, more } = { key: true, more: 0 }) {
      const at = clock.now();
      send(Buffer.concat([camera(scene), Buffer.alloc(more)]), key);
      clock.advance(200);
      return at;
    },
    send,
    closed: () => closed,
  };
}
