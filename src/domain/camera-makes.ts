/**
 * Where the cameras of a make have their streams, so that people enter an address and not a path. Sources: Dahua and
 * Amcrest HTTP API (`/cam/realmonitor`), Hikvision support (`/Streaming/Channels/101`), Reolink support ("Introduction
 * to RTSP"), Axis developer pages (`/axis-media/media.amp`), TP-Link support (`/stream1`), UniFi Protect (one alias a
 * quality on port 7447 of the console).
 */
import { err, ok, type Result } from "../kernel/result.ts";

export const cameraMakes = ["amcrest", "hikvision", "reolink", "axis", "unifi", "tapo", "other"] as const;
export type CameraMake = (typeof cameraMakes)[number];

/** What is entered instead of a URL. Credentials are kept apart from it. */
export interface CameraAddress {
  readonly make: CameraMake;
  /** Name or address of the camera, or of the recorder or encoder it hangs on; a port may stand behind it. */
  readonly address: string;
  /** Which camera of a recorder or encoder, 1…N; 1 for a camera by itself. */
  readonly input?: number;
  /** Which of the make's paths, 0…: later ones are of older firmware. */
  readonly variant?: number;
  /** UniFi Protect: the part behind the last `/` of the address that Protect shows, for each quality. */
  readonly mainKey?: string;
  readonly subKey?: string;
}

export interface StreamUrls {
  /** Without credentials. */
  readonly main: string;
  readonly sub?: string;
}

interface Paths {
  readonly main: (input: number) => string;
  readonly sub: (input: number) => string;
}

const two = (input: number): string => String(input).padStart(2, "0");

/** The newest firmware's paths first. */
const pathsOf: Readonly<Record<Exclude<CameraMake, "unifi" | "other">, readonly Paths[]>> = {
  amcrest: [
    {
      main: (input) => `/cam/realmonitor?channel=${input}&subtype=0`,
      sub: (input) => `/cam/realmonitor?channel=${input}&subtype=1`,
    },
  ],
  hikvision: [
    {
      main: (input) => `/Streaming/Channels/${input}01`,
      sub: (input) => `/Streaming/Channels/${input}02`,
    },
    {
      main: (input) => `/h264/ch${input}/main/av_stream`,
      sub: (input) => `/h264/ch${input}/sub/av_stream`,
    },
  ],
  reolink: [
    { main: (input) => `/Preview_${two(input)}_main`, sub: (input) => `/Preview_${two(input)}_sub` },
    { main: (input) => `/h264Preview_${two(input)}_main`, sub: (input) => `/h264Preview_${two(input)}_sub` },
    { main: (input) => `/h265Preview_${two(input)}_main`, sub: (input) => `/h264Preview_${two(input)}_sub` },
  ],
  axis: [
    {
      main: (input) => `/axis-media/media.amp?videocodec=h264&camera=${input}`,
      sub: (input) => `/axis-media/media.amp?videocodec=h264&resolution=640x360&camera=${input}`,
    },
  ],
  tapo: [{ main: () => "/stream1", sub: () => "/stream2" }],
};

const unifiPort = 7447;

/** How many sets of paths there are to try. */
export const variantsOf = (make: CameraMake): number =>
  make === "unifi" || make === "other" ? 1 : pathsOf[make].length;

/** The addresses of a camera's streams. The error is a sentence that says what to enter. */
export function streamUrls(camera: CameraAddress): Result<StreamUrls> {
  const host = hostOf(camera.address);
  if (!host.ok) return host;
  const { make, input = 1, variant = 0 } = camera;
  if (make === "other") return err("Of another make the whole address is needed, like rtsp://192.0.2.10:554/stream1.");
  if (make === "unifi") return unifiUrls(camera, host.value);
  const paths = pathsOf[make][variant];
  if (paths === undefined) return err(`This make has ${pathsOf[make].length} known path(s).`);
  const root = `rtsp://${host.value.name}${host.value.port === undefined ? "" : `:${host.value.port}`}`;
  return ok({ main: root + paths.main(input), sub: root + paths.sub(input) });
}

function unifiUrls({ mainKey = "", subKey = "" }: CameraAddress, host: Host): Result<StreamUrls> {
  const main = keyOf(mainKey);
  const sub = keyOf(subKey);
  if (main === "")
    return err("UniFi Protect needs the key of the stream: in Protect, the camera's settings, RTSP; copy the address.");
  const root = `rtsp://${host.name}:${host.port ?? unifiPort}/`;
  return ok({ main: root + main, ...(sub === "" ? {} : { sub: root + sub }) });
}

/** People paste the whole `rtsps://192.0.2.1:7441/AbCd?enableSrtp`; the key is the last part of its path. */
const keyOf = (text: string): string => /([^/?#\s]*)(?:[?#].*)?$/.exec(text.trim())?.[1] ?? "";

interface Host {
  readonly name: string;
  readonly port?: number;
}

/** `192.0.2.10`, `cam.local:8554`, `[2001:db8::1]:554`, also with a scheme in front or a path behind, as browsers show. */
function hostOf(text: string): Result<Host> {
  const bare = text
    .trim()
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/^[^/@]*@/, "")
    .replace(/[/?#].*$/, "");
  if (/^[0-9a-f]*:[0-9a-f:]*:[0-9a-f]*$/i.test(bare)) return ok({ name: `[${bare}]` });
  const match = /^(\[[0-9a-f:.%]+\]|[^\s:[\]]+)(?::(\d{1,5}))?$/i.exec(bare);
  const [, name, port] = match ?? [];
  if (name === undefined) return err("The address must be a name or an IP address, like 192.0.2.10.");
  if (port === undefined) return ok({ name });
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? ok({ name, port: number }) : err(`${port} is not a port number.`);
}
