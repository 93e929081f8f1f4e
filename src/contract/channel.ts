import { z } from "zod";
import { cameraMakes, streamUrls, type CameraAddress } from "../domain/camera-makes.ts";
import { defaults, ranges, type ChannelSettings } from "../domain/site-config.ts";
import { recordModes } from "../domain/recording-rule.ts";
import { timedPictureRanges } from "../domain/timed-pictures.ts";
import { presetRange, ptzKinds, usualPtzPort } from "../domain/ptz-settings.ts";
import { outcome } from "./receipt.ts";
import { list, name, number, secret, wall, within, without } from "./common.ts";

export const rtspUrl = z
  .string()
  .max(2000)
  .regex(/^rtsp:\/\/[^\s]+$/i, "must be an address like rtsp://192.0.2.10:554/path")
  .refine((text) => URL.canParse(text), "is not an address that can be read");

const cameraInput = z.number().int().min(1).max(256);

/** Make and address, from which the addresses of the streams follow (`domain/camera-makes.ts`). */
export const cameraAddress = z.strictObject({
  make: z.enum(cameraMakes),
  address: z.string().trim().min(1).max(300).describe("name or IP address, with a port where it is another one"),
  input: z.exactOptional(cameraInput).describe("which camera of a recorder or encoder; 1 for a camera by itself"),
  variant: z.exactOptional(z.number().int().min(0).max(9)).describe("paths of older firmware: 1, 2 …"),
  mainKey: z.exactOptional(z.string().max(300)).describe("UniFi Protect: the stream's key, or the whole address"),
  subKey: z.exactOptional(z.string().max(300)).describe("UniFi Protect: the key of a lower quality"),
});

const recordWhen = z
  .union([z.literal("always"), z.literal("never"), number])
  .describe("`always`, `never`, or inside the schedule of that number");

const fields = {
  name,
  enabled: z.boolean(),
  /** Of the main stream. A user and password in it are taken out of it. */
  url: rtspUrl,
  subUrl: rtspUrl,
  username: z.string().max(200),
  password: secret,
  audio: z.boolean().describe("record sound; in many places people must be told that they are heard"),
  recordMode: z
    .enum(recordModes)
    .describe(
      "auto: by `recordWeek`; continuous: always; alarm: what alarms and people hold; off: nothing at all, for privacy",
    ),
  recordWeek: z
    .strictObject({
      general: recordWhen,
      motion: z.exactOptional(recordWhen).describe("absent: motion is on the timeline only"),
    })
    .describe("of mode auto; what an alarm holds is recorded whatever it says; absent: general always"),
  atHome: z
    .strictObject({
      modes: z.array(z.string().min(1).max(40)).min(1).readonly().describe("of arming; `disarmed` is one"),
      alarms: z.enum(["record", "nothing"]).default("record").describe("nothing: not even what an alarm links"),
    })
    .describe("don't record while the site is armed so; absent: it makes no difference"),
  preRecordS: within(ranges.preRecordS).describe("seconds before an edge"),
  timedPictures: z
    .strictObject({
      everyS: within(timedPictureRanges.everyS).int().describe("seconds from one to the next"),
      when: recordWhen.default("always"),
      keepDays: within(timedPictureRanges.keepDays).int().default(14),
    })
    .describe("a picture every so often, kept as JPEG; none off for privacy or at home; absent: none"),
  recordSub: z.boolean().describe("the sub stream is recorded beside the main one, in files of its own"),
  secondCopy: z.boolean().describe("its files are copied to the volumes for second copies (`takes: chosen`), too"),
  ptz: z
    .strictObject({
      kind: z.enum(ptzKinds).describe("dahua: CGI of Amcrest and Dahua; onvif: ONVIF's PTZ service"),
      port: z.number().int().min(1).max(65_535).default(usualPtzPort).describe("of HTTP"),
      input: z.exactOptional(cameraInput).describe("dahua: which camera of a recorder or encoder"),
    })
    .describe("how the camera is moved, with its own login; absent: it can't be"),
};

export const channelBody = z
  .strictObject({
    ...fields,
    name: z.exactOptional(name),
    url: z.exactOptional(rtspUrl),
    camera: z.exactOptional(cameraAddress).describe("instead of `url`"),
    enabled: fields.enabled.default(true),
    subUrl: z.exactOptional(rtspUrl),
    username: z.exactOptional(fields.username),
    password: z.exactOptional(secret),
    audio: fields.audio.default(false),
    recordMode: fields.recordMode.default("continuous"),
    preRecordS: fields.preRecordS.default(defaults.preRecordS),
    recordWeek: z.exactOptional(fields.recordWeek),
    atHome: z.exactOptional(fields.atHome),
    timedPictures: z.exactOptional(fields.timedPictures),
    recordSub: z.exactOptional(fields.recordSub),
    secondCopy: z.exactOptional(fields.secondCopy),
    ptz: z.exactOptional(fields.ptz),
  })
  .superRefine(addressed)
  .meta({
    examples: [
      { name: "Back door", url: "rtsp://viewer:secret@192.0.2.10:554/stream1" },
      { camera: { make: "hikvision", address: "192.0.2.11" }, username: "viewer", password: "secret" },
    ],
  });
export type ChannelBody = z.output<typeof channelBody>;

export const channelPatch = z
  .strictObject({
    ...fields,
    recordWeek: fields.recordWeek.nullable(),
    atHome: fields.atHome.nullable(),
    timedPictures: fields.timedPictures.nullable(),
    ptz: fields.ptz.nullable(),
  })
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
  picturesPerSecond: z.exactOptional(z.number()).describe("measured"),
  gopMs: z.exactOptional(z.number()),
  ringMs: z.number(),
});

export const channelAnswer = z.object({
  ...fields,
  channel: number,
  url: z.string().describe("empty for who may look at live pictures only"),
  subUrl: z.exactOptional(z.string()),
  recordWeek: z.exactOptional(fields.recordWeek),
  atHome: z.exactOptional(fields.atHome),
  timedPictures: z.exactOptional(fields.timedPictures),
  recordSub: z.exactOptional(fields.recordSub),
  secondCopy: z.exactOptional(fields.secondCopy),
  ptz: z.exactOptional(fields.ptz),
  live: z.exactOptional(channelState),
});
export const channelList = list(channelAnswer);

/** Where a camera is: by its URL, or by make and address. */
export interface Addressed {
  readonly url?: string;
  readonly subUrl?: string;
  readonly camera?: CameraAddress;
}

/** Refuses a body that names no camera, or one whose address can't be used. */
export function addressed(body: Addressed, context: z.RefinementCtx): void {
  const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (body.camera === undefined && body.url === undefined) refuse("url", "is missing (or `camera`: make and address)");
  if (body.camera === undefined) return;
  if (body.url !== undefined) refuse("url", "stands beside `camera`; send one of the two");
  const urls = streamUrls(body.camera);
  if (!urls.ok) refuse("camera", urls.error);
}

/** The addresses of main and sub stream as they were sent, credentials and all. The body has been checked. */
export function addressesOf({ url = "", subUrl, camera }: Addressed): { readonly main: string; readonly sub?: string } {
  const urls = camera === undefined ? undefined : streamUrls(camera);
  const sub = subUrl ?? (urls?.ok === true ? urls.value.sub : undefined);
  return { main: urls?.ok === true ? urls.value.main : url, ...(sub === undefined ? {} : { sub }) };
}

/** A camera's row: what is missing gets its default, credentials leave the address. */
export function channelRow(body: ChannelBody, channel: number): ChannelSettings {
  const addresses = addressesOf(body);
  const main = withoutCredentials(addresses.main);
  return {
    channel,
    name: body.name ?? `Camera ${channel}`,
    enabled: body.enabled,
    mainUrl: main.url,
    ...(addresses.sub === undefined ? {} : { subUrl: withoutCredentials(addresses.sub).url }),
    username: body.username ?? main.username,
    password: body.password ?? main.password,
    audio: body.audio,
    recordMode: body.recordMode,
    preRecordS: body.preRecordS,
    ...(body.recordWeek === undefined ? {} : { recordWeek: body.recordWeek }),
    ...(body.atHome === undefined ? {} : { atHome: body.atHome }),
    ...(body.timedPictures === undefined ? {} : { timedPictures: body.timedPictures }),
    ...(body.recordSub === undefined ? {} : { recordSub: body.recordSub }),
    ...(body.secondCopy === undefined ? {} : { secondCopy: body.secondCopy }),
    ...(body.ptz === undefined ? {} : { ptz: body.ptz }),
  };
}

/** The body that would make this row. */
export const channelBodyOf = (row: ChannelSettings) => ({ ...without(row, "channel", "mainUrl"), url: row.mainUrl });

/** An address and the login that stood in it. */
export function withoutCredentials(text: string): { url: string; username: string; password: string } {
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

/** What became of a movement that somebody asked for by hand. */
export const ptzGo = z.strictObject({ preset: within(presetRange).int() }).meta({ examples: [{ preset: 1 }] });
export const ptzGone = z.object({ outcome, ms: z.number().describe("until the camera answered") });
export type PtzGone = z.output<typeof ptzGone>;
export const ptzPresets = list(z.object({ preset: number, name: z.string() }));
