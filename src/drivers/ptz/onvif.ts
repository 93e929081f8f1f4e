/**
 * Presets by ONVIF (PTZ service 2.x): the address of the service by `GetCapabilities`, a profile with PTZ by
 * `GetProfiles`, its presets by `GetPresets`, and `GotoPreset`. What a camera wants a login for is asked without one
 * first, which no camera counts; then by HTTP where it challenges so, else by WS-UsernameToken (digest) with the camera's
 * own clock: many refuse a time that is not theirs. Never both at once: a wrong password would count twice.
 */
import { createHash, randomBytes } from "node:crypto";
import { err, ok, type Result } from "../../kernel/result.ts";
import { loginRefused, type PtzPreset } from "../../domain/ptz-settings.ts";
import type { PtzCamera, PtzDriver } from "./driver.ts";
import { ask, askWithLogin, authorizationFor, refusal, type Answered, type Asked } from "../camera-http.ts";

const device = "http://www.onvif.org/ver10/device/wsdl";
const media = "http://www.onvif.org/ver10/media/wsdl";
const ptz = "http://www.onvif.org/ver20/ptz/wsdl";
const usualPath = "/onvif/device_service";

/** A moving camera, as far as it is known after the first questions. */
interface Found {
  readonly path: string;
  readonly profile: string;
}

/** One order: what the camera told of how it is logged in to. */
interface Session {
  readonly camera: PtzCamera;
  readonly signal: AbortSignal;
  /** The camera's own, which WS-UsernameToken needs. */
  readonly clock: string | undefined;
  /** Undefined as long as it asked for no login. */
  way?: "http" | "token";
}

interface Preset extends PtzPreset {
  readonly token: string;
}

export function onvifPtz(): PtzDriver {
  const presetsOf = async (camera: PtzCamera, signal: AbortSignal) => {
    const session = await begin(camera, signal);
    if (!session.ok) return session;
    const found = await find(session.value);
    if (!found.ok) return found;
    const body = `<GetPresets xmlns="${ptz}"><ProfileToken>${escaped(found.value.profile)}</ProfileToken></GetPresets>`;
    const answer = await call(session.value, found.value.path, body);
    return answer.ok ? ok({ session: session.value, found: found.value, presets: presetsIn(answer.value) }) : answer;
  };
  return {
    async goTo(camera, preset, signal) {
      const known = await presetsOf(camera, signal);
      if (!known.ok) return known;
      const { session, found, presets } = known.value;
      const token = presets.find((one) => one.preset === preset)?.token;
      if (token === undefined && presets.length > 0) return err(`the camera has no preset ${preset}`);
      const body =
        `<GotoPreset xmlns="${ptz}"><ProfileToken>${escaped(found.profile)}</ProfileToken>` +
        `<PresetToken>${escaped(token ?? String(preset))}</PresetToken></GotoPreset>`;
      const answer = await call(session, found.path, body);
      return answer.ok ? ok(undefined) : answer;
    },
    async presets(camera, signal) {
      const known = await presetsOf(camera, signal);
      return known.ok ? ok(known.value.presets.map(({ preset, name }) => ({ preset, name }))) : known;
    },
  };
}

async function begin(camera: PtzCamera, signal: AbortSignal): Promise<Result<Session>> {
  // asked without a login, as ONVIF allows everybody (core specification, access class PRE_AUTH)
  const time = await ask(camera, posted(usualPath, "", `<GetSystemDateAndTime xmlns="${device}"/>`), signal);
  if (!time.ok) return time;
  return ok({ camera, signal, clock: clockIn(time.value.text) ?? headerTime(time.value.date) });
}

async function find(session: Session): Promise<Result<Found>> {
  const { camera } = session;
  const capabilities = `<GetCapabilities xmlns="${device}"><Category>All</Category></GetCapabilities>`;
  const able = await call(session, usualPath, capabilities);
  if (!able.ok) return able;
  const address = textIn(section(able.value, "PTZ") ?? "", "XAddr");
  if (address === undefined) return err("the camera has no PTZ service: it can't be moved");
  const mediaPath = pathOf(textIn(section(able.value, "Media") ?? "", "XAddr")) ?? usualPath;
  const profiles = await call(session, mediaPath, `<GetProfiles xmlns="${media}"/>`);
  if (!profiles.ok) return profiles;
  const moving = sections(profiles.value, "Profiles").filter(
    ({ inside }) => section(inside, "PTZConfiguration") !== undefined,
  );
  const profile = (moving[camera.input - 1] ?? moving[0])?.attributes.match(/\btoken="([^"]*)"/)?.[1];
  if (profile === undefined) return err("no profile of the camera has PTZ: it can't be moved");
  // the host is the one that was set: behind a router a camera tells an address of its own
  return ok({ path: pathOf(address) ?? usualPath, profile: unescaped(profile) });
}

/** A question, with the login where the camera wants one; `err` when it is refused, or answered with a fault. */
async function call(session: Session, path: string, body: string): Promise<Result<string>> {
  const { camera, signal, clock } = session;
  const bare = posted(path, "", body);
  if (session.way === undefined) {
    const answer = await ask(camera, bare, signal);
    if (!answer.ok || isGood(answer.value) || camera.username === "") return judged(answer);
    session.way = authorizationFor(answer.value.challenges, bare, camera, "0") === undefined ? "token" : "http";
  }
  if (session.way === "http") return judged(await askWithLogin(camera, bare, signal));
  if (clock === undefined) return err("the camera does not tell its time, which its login needs; check kind and port");
  return judged(await ask(camera, posted(path, security(camera, clock, randomBytes(16)), body), signal));
}

const isGood = ({ status, text }: Answered): boolean => status === 200 && section(text, "Fault") === undefined;

function judged(answer: Result<Answered>): Result<string> {
  if (!answer.ok) return answer;
  const { status, text } = answer.value;
  if (/NotAuthorized|FailedAuthentication/i.test(text)) return err(loginRefused);
  if (isGood(answer.value)) return ok(text);
  const reason = textIn(section(text, "Reason") ?? "", "Text") ?? textIn(text, "faultstring") ?? "";
  return err(
    refusal(answer.value) ?? `the camera answered ${status}${reason === "" ? "" : ` (${reason.slice(0, 120)})`}`,
  );
}

const posted = (path: string, header: string, body: string): Asked => ({
  ...{ method: "POST", path, headers: { "Content-Type": "application/soap+xml; charset=utf-8" } },
  body: envelope(header, body),
});

const envelope = (header: string, body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">` +
  `<s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

const wss = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss";

/** WS-UsernameToken: Base64(SHA-1(nonce + created + password)). */
export function security({ username, password }: PtzCamera, created: string, nonce: Buffer): string {
  const digest = createHash("sha1").update(nonce).update(created).update(password).digest("base64");
  return (
    `<Security s:mustUnderstand="1" xmlns="${wss}-wssecurity-secext-1.0.xsd"><UsernameToken>` +
    `<Username>${escaped(username)}</Username>` +
    `<Password Type="${wss}-username-token-profile-1.0#PasswordDigest">${digest}</Password>` +
    `<Nonce EncodingType="${wss}-soap-message-security-1.0#Base64Binary">${nonce.toString("base64")}</Nonce>` +
    `<Created xmlns="${wss}-wssecurity-utility-1.0.xsd">${created}</Created></UsernameToken></Security>`
  );
}

/** Presets with a number: their token where it is one (or ends with one), else their place. */
export function presetsIn(text: string): readonly Preset[] {
  return sections(text, "Preset")
    .slice(0, 300)
    .flatMap(({ attributes, inside }, index) => {
      const token = /\btoken="([^"]*)"/.exec(attributes)?.[1];
      if (token === undefined) return [];
      const number = Number(/(\d{1,3})$/.exec(token)?.[1] ?? index + 1);
      const name = (textIn(inside, "Name") ?? "").slice(0, 100);
      return number >= 1 && number <= 255 ? [{ preset: number, name, token: unescaped(token) }] : [];
    })
    .filter((one, index, all) => all.findIndex(({ preset }) => preset === one.preset) === index);
}

/** The camera's time, as it wants to be told it. */
function clockIn(text: string): string | undefined {
  const utc = section(text, "UTCDateTime") ?? "";
  const [hour, minute, second, year, month, day] = ["Hour", "Minute", "Second", "Year", "Month", "Day"].map((name) =>
    Number(textIn(utc, name) ?? Number.NaN),
  ) as [number, number, number, number, number, number];
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isNaN(wall) ? undefined : new Date(wall).toISOString();
}

const headerTime = (date = ""): string | undefined =>
  Number.isNaN(Date.parse(date)) ? undefined : new Date(date).toISOString();

interface Element {
  readonly attributes: string;
  readonly inside: string;
}

/** Elements of a name, whatever their prefix; none of those that are asked for lies inside one of its own name. Linear. */
function sections(text: string, name: string): readonly Element[] {
  const open = new RegExp(`<(?:[\\w.-]{1,40}:)?${name}(\\s[^>]{0,2000})?>`, "g");
  const close = new RegExp(`</(?:[\\w.-]{1,40}:)?${name}\\s{0,10}>`, "g");
  const found: Element[] = [];
  for (let begin = open.exec(text); begin !== null; begin = open.exec(text)) {
    close.lastIndex = open.lastIndex;
    const end = close.exec(text);
    if (end === null) break;
    found.push({ attributes: begin[1] ?? "", inside: text.slice(open.lastIndex, end.index) });
    open.lastIndex = close.lastIndex;
  }
  return found;
}

const section = (text: string, name: string): string | undefined => sections(text, name)[0]?.inside;

const textIn = (text: string, name: string): string | undefined => {
  const inside = section(text, name)?.trim();
  return inside === undefined ? undefined : unescaped(inside);
};

const pathOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).pathname : undefined;

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
const unescaped = (text: string): string =>
  text.replace(/&(#\d{1,6}|[a-z]+);/g, (whole, name: string) =>
    name.startsWith("#") ? String.fromCodePoint(Math.min(0x10ffff, Number(name.slice(1)))) : (entities[name] ?? whole),
  );
