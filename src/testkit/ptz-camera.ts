/**
 * A camera that is turned, as far as HTTP goes: Amcrest's and Dahua's `ptz.cgi` behind Digest, and ONVIF's device, media
 * and PTZ services behind WS-UsernameToken. It remembers where it looks.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { digestChallenge, isDigest } from "./http-digest.ts";

export interface PtzCameraOptions {
  readonly username?: string;
  readonly password?: string;
  readonly presets?: Readonly<Record<number, string>>;
  /** Its ONVIF challenges for a login by HTTP, and takes either. */
  readonly challenges?: boolean;
  /** A fixed one: it has no PTZ service, and its CGI answers `Error`. */
  readonly fixed?: boolean;
}

export interface VirtualPtzCamera extends AsyncDisposable {
  readonly port: number;
  /** Presets in the order in which it was sent there. */
  readonly looked: readonly number[];
  /** Logins that it refused: real cameras count them, and lock callers out. */
  refused: number;
  /** From now on it takes requests and says nothing. */
  hang: boolean;
}

/** Listens on loopback until it is disposed. */
export async function startPtzCamera(options: PtzCameraOptions = {}): Promise<VirtualPtzCamera> {
  const { username = "admin", password = "open sesame", presets = { 1: "Home", 7: "Gate & <yard>" } } = options;
  const looked: number[] = [];
  const go = (preset: number): boolean => {
    const there = options.fixed !== true && presets[preset] !== undefined;
    if (there) looked.push(preset);
    return there;
  };
  const names = Object.entries(presets).map(([number, name]) => ({ number: Number(number), name }));
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const part of request) body += String(part);
    if (camera.hang) return;
    const url = request.url ?? "";
    if (url.startsWith("/cgi-bin/")) cgi(request, response);
    else if (url.startsWith("/onvif/")) soap(request, body, response);
    else response.writeHead(404).end();
  };
  const login = { username, password };
  const cgi = (request: IncomingMessage, response: ServerResponse) => {
    if (!isDigest(request, login)) {
      if (request.headers.authorization !== undefined) camera.refused++;
      response.writeHead(401, digestChallenge).end();
      return;
    }
    const asked = new URL(request.url ?? "", "http://camera").searchParams;
    if (asked.get("action") === "getPresets" && options.fixed !== true) {
      const lines = names.map(
        ({ number, name }, i) => `presets[${i}].Index=${number}\r\npresets[${i}].Name=${name}\r\n`,
      );
      response.end(lines.join(""));
    } else if (asked.get("code") === "GotoPreset" && go(Number(asked.get("arg2")))) response.end("OK\r\n");
    else response.writeHead(400).end("Error\r\nBad Request!\r\n");
  };
  const soap = (request: IncomingMessage, body: string, response: ServerResponse) => {
    if (body.includes("GetSystemDateAndTime")) return void response.end(clock);
    if (!isLoggedIn(body, username, password) && !(options.challenges === true && isDigest(request, login))) {
      if (body.includes("UsernameToken")) camera.refused++;
      if (request.headers.authorization !== undefined) camera.refused++;
      const [status, headers] = options.challenges === true ? [401, digestChallenge] : [400, {}];
      response.writeHead(status, headers).end(fault("ter:NotAuthorized", "Sender not Authorized"));
    } else if (body.includes("GetCapabilities")) response.end(capabilities(options.fixed === true));
    else if (body.includes("GetProfiles")) response.end(profiles(options.fixed === true));
    else if (body.includes("GetPresets"))
      response.end(
        names
          .map(
            ({ number, name }) => `<tptz:Preset token="preset_${number}"><tt:Name>${xml(name)}</tt:Name></tptz:Preset>`,
          )
          .join(""),
      );
    else {
      const preset = Number(/<PresetToken>preset_(\d+)</.exec(body)?.[1]);
      if (go(preset)) response.end("<tptz:GotoPresetResponse/>");
      else response.writeHead(500).end(fault("ter:NoToken", "No such preset"));
    }
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const camera = {
    port: typeof address === "object" && address !== null ? address.port : 0,
    looked,
    hang: false,
    refused: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return camera;
}

const xml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A clock of its own, years behind: whoever logs in by another time is refused, as many cameras do. */
const created = "2019-03-04T05:06:07.000Z";
const clock =
  "<tds:SystemDateAndTime><tt:UTCDateTime><tt:Time><tt:Hour>5</tt:Hour><tt:Minute>6</tt:Minute><tt:Second>7</tt:Second></tt:Time>" +
  "<tt:Date><tt:Year>2019</tt:Year><tt:Month>3</tt:Month><tt:Day>4</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>";

function isLoggedIn(body: string, username: string, password: string): boolean {
  const inside = (name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(body)?.[1] ?? "";
  const nonce = Buffer.from(inside("Nonce"), "base64");
  const digest = createHash("sha1").update(nonce).update(inside("Created")).update(password).digest("base64");
  return inside("Username") === username && inside("Created") === created && inside("Password") === digest;
}

const fault = (code: string, text: string): string =>
  `<s:Fault><s:Code><s:Subcode><s:Value>${code}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${text}</s:Text></s:Reason></s:Fault>`;

/** The address behind a router that the camera believes in. */
const xaddr = (path: string): string => `<tt:XAddr>http://10.0.0.9:80/onvif/${path}</tt:XAddr>`;
const capabilities = (fixed: boolean): string =>
  `<tds:Capabilities><tt:Media>${xaddr("media")}</tt:Media>${fixed ? "" : `<tt:PTZ>${xaddr("ptz")}</tt:PTZ>`}</tds:Capabilities>`;
const profiles = (fixed: boolean): string =>
  `<trt:Profiles token="still"><tt:Name>Still</tt:Name></trt:Profiles>` +
  (fixed
    ? ""
    : `<trt:Profiles fixed="true" token="main&amp;1"><tt:PTZConfiguration token="p"></tt:PTZConfiguration></trt:Profiles>`);
