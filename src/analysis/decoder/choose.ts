import type { PictureDecoder } from "../ports.ts";
import { ffmpegDecoder } from "./ffmpeg.ts";

/** node-av where its binary loads on this machine, else the `ffmpeg` command. `why` is for the log. */
export async function chooseDecoder(): Promise<{ decoder: PictureDecoder; why: string }> {
  try {
    const { nodeAvDecoder } = await import("./node-av.ts");
    return { decoder: nodeAvDecoder(), why: "node-av loaded" };
  } catch (error) {
    return {
      decoder: ffmpegDecoder(),
      why: `node-av did not load: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
