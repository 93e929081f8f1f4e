/** What is entered for a camera, as the bodies that the server takes; no DOM. */
import { cameraMakes, streamUrls, variantsOf, type CameraMake } from "../../../src/domain/camera-makes.ts";

export interface CameraDraft {
  readonly make: CameraMake;
  readonly address: string;
  /** Which camera of a recorder or encoder. */
  readonly input: number;
  readonly variant: number;
  readonly mainKey: string;
  readonly subKey: string;
  /** Of another make. */
  readonly url: string;
  readonly subUrl: string;
  readonly username: string;
  readonly password: string;
  readonly name: string;
}

export const emptyDraft: CameraDraft = {
  ...{ make: "amcrest", address: "", input: 1, variant: 0, mainKey: "", subKey: "" },
  ...{ url: "", subUrl: "", username: "", password: "", name: "" },
};

export const makes: readonly CameraMake[] = cameraMakes;

/** What is asked for beside the name. */
export const asksOf = (make: CameraMake): "login" | "keys" | "url" =>
  make === "unifi" ? "keys" : make === "other" ? "url" : "login";

const some = (text: string): string | undefined => (text.trim() === "" ? undefined : text.trim());

/** Address and login, as `POST /api/camera-tests` and `POST /api/channels` take them. */
function whereOf(draft: CameraDraft): Record<string, unknown> {
  const username = draft.username.trim();
  const login = username === "" && draft.password === "" ? {} : { username, password: draft.password };
  const asks = asksOf(draft.make);
  if (asks === "url") return { url: draft.url.trim(), ...login };
  const { make, input, variant } = draft;
  const address = draft.address.trim();
  if (asks === "keys") {
    const subKey = some(draft.subKey);
    return { camera: { make, address, mainKey: draft.mainKey, ...(subKey === undefined ? {} : { subKey }) } };
  }
  const unusual = { ...(input === 1 ? {} : { input }), ...(variant === 0 ? {} : { variant }) };
  return { camera: { make, address, ...unusual }, ...login };
}

export const testBodyOf = (draft: CameraDraft, anyway = false): Record<string, unknown> => ({
  ...whereOf(draft),
  ...(anyway ? { anyway } : {}),
});

export function channelBodyOf(draft: CameraDraft): Record<string, unknown> {
  const [name, subUrl] = [some(draft.name), draft.make === "other" ? some(draft.subUrl) : undefined];
  return {
    ...whereOf(draft),
    ...(name === undefined ? {} : { name }),
    ...(subUrl === undefined ? {} : { subUrl }),
  };
}

export type Problem = "address" | "mainKey" | "url" | "subUrl";

const isRtsp = (text: string): boolean => /^rtsp:\/\/\S+$/i.test(text.trim());

/** The first field that has to be filled in or corrected before anything can be tried. */
export function problemOf(draft: CameraDraft): Problem | undefined {
  if (draft.make === "other") {
    if (!isRtsp(draft.url)) return "url";
    return some(draft.subUrl) !== undefined && !isRtsp(draft.subUrl) ? "subUrl" : undefined;
  }
  const mainKey = draft.make === "unifi" ? "key" : "";
  if (!streamUrls({ make: draft.make, address: draft.address, mainKey }).ok) return "address";
  return draft.make === "unifi" && some(draft.mainKey) === undefined ? "mainKey" : undefined;
}

/** The address that will be called, without a login; empty while it can't be told. */
export function previewOf(draft: CameraDraft): string {
  if (draft.make === "other") return isRtsp(draft.url) ? draft.url.trim().replace(/^(rtsp:\/\/)[^/?#]*@/i, "$1") : "";
  const urls = streamUrls(draft);
  return urls.ok ? urls.value.main : "";
}

/** Other paths of the same make that are still to be tried. */
export const nextVariant = ({ make, variant }: CameraDraft): number | undefined =>
  variant + 1 < variantsOf(make) ? variant + 1 : undefined;

/** Two drafts that lead to the same stream with the same login: a test of the one holds for the other. */
export const sameCamera = (one: CameraDraft, other: CameraDraft): boolean =>
  JSON.stringify(testBodyOf(one)) === JSON.stringify(testBodyOf(other));
