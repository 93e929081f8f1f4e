import { nalType, type Clip } from "./clip.ts";
import { audioPayloadType, videoPayloadType } from "./packetize.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** The SDP (RFC 8866) of a stream; `parameterSets` false leaves them out, as some cameras do. */
export function sdpOf(clip: Clip, title: string, parameterSets: boolean): string {
  const { video, audio } = clip;
  const lines = [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    `s=${title}`,
    "c=IN IP4 0.0.0.0",
    "t=0 0",
    "a=control:*",
    "a=range:npt=now-",
    `m=video 0 RTP/AVP ${videoPayloadType}`,
    `a=rtpmap:${videoPayloadType} ${video.codec === "h264" ? "H264" : "H265"}/90000`,
    `a=fmtp:${videoPayloadType} ${videoFormat(clip, parameterSets)}`,
    "a=control:trackID=0",
    "a=recvonly",
  ];
  if (audio !== undefined) {
    const type = audioPayloadType(audio.codec);
    const name = audio.codec === "aac" ? "mpeg4-generic" : audio.codec.toUpperCase();
    const channels = audio.codec === "aac" || audio.channels > 1 ? `/${audio.channels}` : "";
    lines.push(`m=audio 0 RTP/AVP ${type}`, `a=rtpmap:${type} ${name}/${audio.sampleRate}${channels}`);
    if (audio.codec === "aac") {
      const config = Buffer.from(audio.config).toString("hex");
      const mode = "streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3";
      lines.push(`a=fmtp:${type} ${mode};config=${config}`);
    }
    lines.push("a=control:trackID=1", "a=recvonly");
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** RFC 6184 §8.1, RFC 7798 §7.1. */
function videoFormat({ video }: Clip, parameterSets: boolean): string {
  if (video.codec === "h264") {
    const sps = video.parameterSets.find((set) => nalType("h264", set) === 7) ?? new Uint8Array(4);
    const level = Buffer.from(sps.subarray(1, 4)).toString("hex");
    const sets = `;sprop-parameter-sets=${video.parameterSets.map(base64).join(",")}`;
    return `packetization-mode=1;profile-level-id=${level}${parameterSets ? sets : ""}`;
  }
  const names = new Map([
    [32, "sprop-vps"],
    [33, "sprop-sps"],
    [34, "sprop-pps"],
  ]);
  const sets = video.parameterSets.map((set) => `;${names.get(nalType("h265", set)) ?? "x"}=${base64(set)}`).join("");
  return `profile-id=1${parameterSets ? sets : ""}`;
}
