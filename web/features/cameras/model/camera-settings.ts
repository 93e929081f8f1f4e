/** The settings of a camera as its page changes them; no DOM. */
import type { Channel } from "../../../shared/types.ts";

/** What the server shows in the place of a password; sent back, it keeps it. */
export const hidden = "***";

export interface CameraSettings {
  readonly name: string;
  readonly enabled: boolean;
  readonly url: string;
  /** Empty: none. */
  readonly subUrl: string;
  readonly username: string;
  readonly password: string;
  readonly recordMode: Channel["recordMode"];
  /** Of mode `auto`; `undefined`: general footage always. */
  readonly recordWeek: Channel["recordWeek"] | undefined;
  /** `undefined`: it records whether somebody is at home or not. */
  readonly atHome: Channel["atHome"] | undefined;
  /** A picture every so often; `undefined`: none. */
  readonly timedPictures: Channel["timedPictures"] | undefined;
  /** Its sub stream is recorded beside the main one. */
  readonly recordSub: boolean;
  /** Its files lie twice. */
  readonly secondCopy: boolean;
  readonly preRecordS: number;
  readonly audio: boolean;
  /** How it is turned; `undefined`: it can't be. */
  readonly ptz: Channel["ptz"] | undefined;
}

export const settingsOf = (camera: Channel): CameraSettings => ({
  ...{ name: camera.name, enabled: camera.enabled, url: camera.url, subUrl: camera.subUrl ?? "" },
  ...{ username: camera.username, password: camera.password, audio: camera.audio },
  ...{ recordMode: camera.recordMode, preRecordS: camera.preRecordS, ptz: camera.ptz },
  ...{
    recordWeek: camera.recordWeek,
    atHome: camera.atHome,
    timedPictures: camera.timedPictures,
    recordSub: camera.recordSub === true,
  },
  secondCopy: camera.secondCopy === true,
});

/** The whole row as `PUT /api/channels/N` takes it: settings that this page does not know stay as they are. */
export function bodyOf(camera: Channel, settings: CameraSettings): Record<string, unknown> {
  const row = Object.fromEntries(Object.entries(camera).filter(([key]) => key !== "channel" && key !== "live"));
  const { subUrl, ...rest } = settings;
  const body: Record<string, unknown> = { ...row, ...rest, name: settings.name.trim(), url: settings.url.trim() };
  if (subUrl.trim() === "") delete body["subUrl"];
  else body["subUrl"] = subUrl.trim();
  if (settings.ptz === undefined) delete body["ptz"];
  if (settings.recordWeek === undefined) delete body["recordWeek"];
  if (settings.atHome === undefined) delete body["atHome"];
  if (settings.timedPictures === undefined) delete body["timedPictures"];
  return body;
}

export type SettingsProblem = "name" | "url" | "subUrl" | "password";

const isRtsp = (text: string): boolean => /^rtsp:\/\/\S+$/i.test(text.trim());
const hostOf = (url: string): string => /^rtsp:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(url.trim())?.[1]?.toLowerCase() ?? "";

/** Why it can't be applied. A password that is kept must not go to another host than before. */
export function problemOf(saved: CameraSettings, draft: CameraSettings): SettingsProblem | undefined {
  if (draft.name.trim() === "") return "name";
  if (!isRtsp(draft.url)) return "url";
  if (draft.subUrl.trim() !== "" && !isRtsp(draft.subUrl)) return "subUrl";
  const known = new Set([hostOf(saved.url), hostOf(saved.subUrl)]);
  const hosts = [draft.url, draft.subUrl].map(hostOf).filter((host) => host !== "");
  const elsewhere = hosts.some((host) => !known.has(host));
  return elsewhere && draft.password === hidden ? "password" : undefined;
}

/** A test of one of the streams as they are entered now. */
export const testBodyOf = (
  channel: number,
  draft: CameraSettings,
  stream: "main" | "sub",
): Record<string, unknown> => ({
  url: (stream === "main" ? draft.url : draft.subUrl).trim(),
  ...{ username: draft.username, password: draft.password, channel },
});
