import { type Result, err, ok } from "../../kernel/result.ts";
import { h264Syntax } from "../codec/h264.ts";
import { h265Syntax } from "../codec/h265.ts";
import { splitAnnexB } from "../codec/nal.ts";
import { createParameterSets, type ParameterSets } from "../codec/parameter-sets.ts";
import { fromBase64 } from "../codec/text.ts";
import type { BlockPool, Depacketizer, MediaFormat, Timeline, VideoCodec } from "../types.ts";
import { createAacDepacketizer } from "./aac.ts";
import { createG711Depacketizer } from "./depacketizer-audio.ts";
import { VideoAssembler } from "./depacketizer-video.ts";
import { readH264Payload } from "./h264.ts";
import { readH265Payload } from "./h265.ts";

/** The depacketizer for a media of the SDP; an error when Reed cannot take it as described. */
export function createDepacketizer(format: MediaFormat, pool: BlockPool, timeline: Timeline): Result<Depacketizer> {
  switch (format.codec) {
    case "h264":
    case "h265":
      return createVideoDepacketizer(format, format.codec, pool, timeline);
    case "aac":
      return createAacDepacketizer(format, pool, timeline);
    case "pcma":
    case "pcmu":
      return createG711Depacketizer(format, pool, timeline);
  }
}

function createVideoDepacketizer(
  format: MediaFormat,
  codec: VideoCodec,
  pool: BlockPool,
  timeline: Timeline,
): Result<Depacketizer> {
  const { fmtp } = format;
  if (codec === "h264" && fmtp.get("packetization-mode")?.trim() === "2") {
    return err("H.264 with packetization-mode 2 (interleaved) is not taken");
  }
  const sets = createParameterSets(codec);
  offerFromSdp(sets, fmtp);
  const donl = Number(fmtp.get("sprop-max-don-diff") ?? 0) > 0;
  const assembler = new VideoAssembler(codec === "h264" ? h264Syntax : h265Syntax, sets, pool, timeline);
  return ok({
    push(header, bytes, start, end, arrival) {
      assembler.beginPacket(header, arrival);
      if (codec === "h264") readH264Payload(assembler, bytes, start, end);
      else readH265Payload(assembler, donl, bytes, start, end);
      assembler.endPacket(header.marker);
    },
    lost: () => assembler.lost(),
    pull: () => assembler.pull(),
    settle: () => assembler.settle(),
    get waits() {
      return assembler.waits;
    },
    close: () => assembler.close(),
  });
}

/** `sprop-parameter-sets` (RFC 6184 §8.1), `sprop-vps`, `-sps`, `-pps` (RFC 7798 §7.1). What is unreadable is left out. */
function offerFromSdp(sets: ParameterSets, fmtp: ReadonlyMap<string, string>): void {
  for (const name of ["sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps"]) {
    for (const text of fmtp.get(name)?.split(",") ?? []) {
      const bytes = fromBase64(text);
      if (bytes !== undefined) for (const nal of splitAnnexB(bytes)) sets.offer(nal);
    }
  }
}
