import { between, seconds, type Clock } from "../kernel/time.ts";

/** Without a picture for so long, a camera is not watched. */
export const silenceMs = seconds(10);

export interface Silent {
  readonly reason: string;
  /** The camera sends no pictures: video loss. Otherwise it is not known whether it does. */
  readonly lost: boolean;
  /** Units of the pictures come all the same. */
  readonly streams: boolean;
}

/** Knows why no pictures come. */
export interface Silence {
  unit(): void;
  picture(): void;
  /** What the recorder says of the stream. */
  camera(state: string, reason: string): void;
  /** The recorder went away. */
  recorder(reason: string): void;
  /** Undefined as long as pictures come, and for 10 s after the last one. */
  now(): Silent | undefined;
}

export function createSilence(clock: Clock): Silence {
  let lastUnit = clock.now();
  let lastPicture = clock.now();
  let camera: { readonly state: string; readonly reason: string } = { state: "", reason: "" };
  let away = "the recorder has not answered yet";
  const since = (at: typeof lastUnit): boolean => between(at, clock.now()) >= silenceMs;
  return {
    unit: () => void (lastUnit = clock.now()),
    picture: () => void (lastPicture = clock.now()),
    camera(state, reason) {
      away = "";
      camera = { state, reason };
    },
    recorder: (reason) => void (away = reason),
    now() {
      if (!since(lastPicture)) return undefined;
      if (away !== "") return { reason: `the recorder is not there: ${away}`, lost: false, streams: false };
      if (camera.state === "off") return { reason: "this camera is switched off", lost: false, streams: false };
      if (!since(lastUnit)) return { reason: "no whole picture comes", lost: false, streams: true };
      const reason = camera.reason === "" ? "no pictures come" : `no pictures come: ${camera.reason}`;
      return { reason, lost: true, streams: false };
    },
  };
}
