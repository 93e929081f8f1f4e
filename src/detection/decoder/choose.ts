import { spawnSync } from "node:child_process";
import type { Clock } from "../../kernel/time.ts";
import type { PictureSource, SoundSource } from "../ports.ts";
import { soundSource } from "../sound/choose.ts";
import { ffmpegSource } from "./ffmpeg.ts";

export interface Sources {
  readonly pictures: PictureSource;
  readonly sounds: SoundSource;
  /** For the log: why it is not the first choice; empty when it is. */
  readonly note: string;
}

type Note = (text: string) => void;

/** What a machine has to decode with; another one in tests. */
export interface Decoders {
  /** Rejects where its binary does not load. @param node a device that decodes, `/dev/dri/renderD128` */
  readonly loadNodeAv: (node: string | undefined, note: Note) => Promise<Omit<Sources, "note">>;
  readonly hasFfmpeg: () => boolean;
}

/** `REED_DECODER` of the environment: `ffmpeg`, and node-av is not even tried. */
export type WantedDecoder = "ffmpeg" | undefined;

export interface DecoderWish {
  readonly clock: Clock;
  readonly wanted?: WantedDecoder;
  /** `REED_HARDWARE` of the environment: a render node, used by node-av. */
  readonly hardware?: string | undefined;
  /** What becomes of the hardware. */
  readonly note: Note;
}

export const wantedDecoder = (told: string | undefined): WantedDecoder => (told === "ffmpeg" ? told : undefined);

const ofThisMachine: Decoders = {
  async loadNodeAv(node, note) {
    const [{ nodeAvSource }, { openAac }] = await Promise.all([import("./node-av.ts"), import("../sound/aac.ts")]);
    const sounds = soundSource(openAac);
    if (node === undefined || node === "") return { pictures: nodeAvSource(), sounds };
    const { openVaapi } = await import("./hardware.ts");
    try {
      return { pictures: nodeAvSource({ hardware: openVaapi(node), note }), sounds };
    } catch (error) {
      note(`${node} can't be used: ${error instanceof Error ? error.message : String(error)}`);
      return { pictures: nodeAvSource(), sounds };
    }
  },
  hasFfmpeg: () => spawnSync("ffmpeg", ["-version"], { stdio: "ignore", timeout: 10_000 }).status === 0,
};

/**
 * node-av where its binary loads on this machine, else the `ffmpeg` command. Where neither is, one that decodes nothing
 * and says what to install: the process goes on, each camera is blind with that reason, and sound that needs no decoder
 * is listened to.
 */
export async function chooseSources(wish: DecoderWish, decoders: Decoders = ofThisMachine): Promise<Sources> {
  const { clock, wanted, hardware, note } = wish;
  let why = "REED_DECODER says so";
  if (wanted !== "ffmpeg") {
    try {
      return { ...(await decoders.loadNodeAv(hardware, note)), note: "" };
    } catch (error) {
      why = `node-av does not load: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  const sounds = soundSource(undefined);
  if (decoders.hasFfmpeg()) return { pictures: ffmpegSource({ clock }), sounds, note: why };
  return { pictures: noPictures, sounds, note: `${why}; and there is no ffmpeg` };
}

const noPictures: PictureSource = {
  name: "none",
  open() {
    throw new Error("nothing on this machine can decode pictures: install the package ffmpeg and restart Reed");
  },
  processes: [],
};
