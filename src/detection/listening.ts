/** The sound of one camera: decoded, measured, and told of its points. Nothing of it is kept. */
import type { AudioSettings } from "../domain/detection/settings.ts";
import { detectionPoints } from "../domain/detection/points.ts";
import { createSoundStage } from "../domain/detection/sound-stage.ts";
import type { PointLevel } from "../domain/detection/video-stages.ts";
import type { MediaParameters } from "../messages/media.ts";
import type { MediaUnit } from "../platform/media-reader.ts";
import type { SoundDecoder, SoundSource } from "./ports.ts";

export interface Listening extends Disposable {
  parameters(parameters: MediaParameters): void;
  unit(unit: MediaUnit): void;
  /** Now and then, with the instant it is: notices that nothing comes. */
  tick(at: number): void;
  /** Nothing of the camera comes, or nobody knows. */
  blind(reason: string, at: number): void;
  /** Of the newest sound, dB below full scale. */
  readonly db: number | undefined;
}

export const soundPoints: readonly number[] = [detectionPoints.audioLoss, detectionPoints.audioRise];

export function openListening(
  settings: AudioSettings,
  sounds: SoundSource,
  say: (points: readonly PointLevel[], at: number) => void,
): Listening {
  const stage = createSoundStage(settings);
  let decoder: SoundDecoder | undefined;
  /** Why the sound that comes can't be heard; until other parameters come. */
  let deaf = "";

  const drop = (): void => {
    decoder?.[Symbol.dispose]();
    decoder = undefined;
  };
  const unknown = (reason: string, at: number): void =>
    say(
      soundPoints.map((point) => ({ point, level: "unknown", reason })),
      at,
    );
  const guarded = (at: number, work: () => void): void => {
    try {
      work();
    } catch (error) {
      drop();
      deaf = error instanceof Error ? error.message : String(error);
      stage.pause();
      unknown(deaf, at);
    }
  };
  let parameters: MediaParameters | undefined;
  return {
    parameters(next) {
      drop();
      deaf = "";
      parameters = next;
    },
    unit(unit) {
      const of = parameters;
      if (of === undefined || deaf !== "") return;
      guarded(unit.arrival, () => {
        decoder ??= sounds.open(of);
        const heard = decoder.push(unit.data);
        if (heard !== undefined) say(stage.hear(heard.samples, heard.sampleRate, unit.arrival), unit.arrival);
      });
    },
    tick(at) {
      if (deaf === "") say(stage.silence(at), at);
    },
    blind(reason, at) {
      stage.pause();
      unknown(reason, at);
    },
    get db() {
      return stage.db;
    },
    [Symbol.dispose]: drop,
  };
}
