import { g711Samples } from "../../domain/g711.ts";
import type { MediaParameters } from "../../messages/media.ts";
import type { SoundDecoder, SoundSource } from "../ports.ts";

/** G.711 by its table; AAC by node-av, where that loads (`aac`). */
export function soundSource(aac: ((parameters: MediaParameters) => SoundDecoder) | undefined): SoundSource {
  return {
    open(parameters) {
      const { codec, sampleRate = 8000 } = parameters;
      if (codec === "pcma" || codec === "pcmu")
        return {
          push: (data) => ({ sampleRate, samples: g711Samples(codec, data) }),
          [Symbol.dispose]: () => undefined,
        };
      if (codec === "aac" && aac !== undefined) return aac(parameters);
      throw new Error(`sound coded as "${codec}" is not decoded`);
    },
  };
}
