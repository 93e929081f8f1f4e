import { z } from "zod";
import { defaults, ranges, type ChannelSettings } from "../domain/site-config.ts";
import { list, name, number, secret, wall, within, without } from "./common.ts";

const rtspUrl = z
  .string()
  .max(2000)
  .regex(/^rtsp:\/\/[^\s]+$/i, "must be an address like rtsp://192.0.2.10:554/path")
  .refine((text) => URL.canParse(text), "is not an address that can be read");

const fields = {
  name,
  enabled: z.boolean(),
  /** Of the main stream. A user and password in it are taken out of it. */
  url: rtspUrl,
  subUrl: rtspUrl,
  username: z.string().max(200),
  password: secret,
  audio: z.boolean().describe("record sound; in many places people must be told that they are heard"),
  recordMode: z.enum(["continuous", "alarm", "off"]),
  preRecordS: within(ranges.preRecordS).describe("seconds before an edge"),
};

export const channelBody = z
  .strictObject({
    ...fields,
    name: z.exactOptional(name),
    enabled: fields.enabled.default(true),
    subUrl: z.exactOptional(rtspUrl),
    username: z.exactOptional(fields.username),
    password: z.exactOptional(secret),
    audio: fields.audio.default(false),
    recordMode: fields.recordMode.default("continuous"),
    preRecordS: fields.preRecordS.default(defaults.preRecordS),
  })
  .meta({ examples: [{ name: "Back door", url: "rtsp://viewer:secret@192.0.2.10:554/stream1" }] });
export type ChannelBody = z.output<typeof channelBody>;

export const channelPatch = z
  .strictObject(fields)
  .partial()
  .meta({ examples: [{ preRecordS: 20 }] });

export const channelState = z.object({
  channel: number,
  state: z.enum(["connecting", "live", "down", "refused", "off"]),
  since: wall,
  reason: z.string(),
  video: z.exactOptional(
    z.object({
      codec: z.string(),
      width: z.number(),
      height: z.number(),
      frameRate: z.exactOptional(z.number()),
    }),
  ),
  audio: z.exactOptional(z.string()),
  bitsPerSecond: z.number(),
  gopMs: z.exactOptional(z.number()),
  ringMs: z.number(),
});

export const channelAnswer = z.object({
  ...fields,
  channel: number,
  subUrl: z.exactOptional(rtspUrl),
  live: z.exactOptional(channelState),
});
export const channelList = list(channelAnswer);

/** A camera's row: what is missing gets its default, credentials leave the address. */
export function channelRow(body: ChannelBody, channel: number): ChannelSettings {
  const main = withoutCredentials(body.url);
  return {
    channel,
    name: body.name ?? `Camera ${channel}`,
    enabled: body.enabled,
    mainUrl: main.url,
    ...(body.subUrl === undefined ? {} : { subUrl: withoutCredentials(body.subUrl).url }),
    username: body.username ?? main.username,
    password: body.password ?? main.password,
    audio: body.audio,
    recordMode: body.recordMode,
    preRecordS: body.preRecordS,
  };
}

/** The body that would make this row. */
export const channelBodyOf = (row: ChannelSettings) => ({ ...without(row, "channel", "mainUrl"), url: row.mainUrl });

function withoutCredentials(text: string): { url: string; username: string; password: string } {
  const url = new URL(text);
  const [username, password] = [decode(url.username), decode(url.password)];
  // only the user part is cut out: cameras have paths that a URL parser would write differently
  return { url: text.replace(/^(rtsp:\/\/)[^/?#]*@/i, "$1"), username, password };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // a password with a bare per cent sign was not encoded at all
    return part;
  }
}
