import { z } from "zod";
import { eventFaults } from "./events.ts";

const clipName = z.enum(["front-door", "yard", "garage", "hall", "b-frames", "gdr", "aac", "h265", "h265-cra"]);

const source = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("clip"),
    name: clipName,
    audio: z.enum(["pcma", "pcmu", "none"]).exactOptional(),
  }),
  /** An MP4 file of the test's own. */
  z.strictObject({ kind: z.literal("file"), path: z.string(), audio: z.literal("none").exactOptional() }),
  z.strictObject({
    kind: z.literal("synthetic"),
    width: z.int().min(16).max(16_384),
    height: z.int().min(16).max(16_384),
    fps: z.number().positive().max(120),
    gopSeconds: z.number().positive().max(60),
    bitsPerSecond: z.number().positive().max(100e6),
    audio: z.enum(["pcma", "pcmu"]).exactOptional(),
    /** [1] Pictures that a decoder has to keep, by the parameter sets. */
    references: z.int().min(1).max(16).exactOptional(),
    /** [none] `slices`: what follows a slice's header is noise; `no-size`: the parameter sets cut everything off. */
    broken: z.enum(["slices", "no-size"]).exactOptional(),
  }),
]);

const shape = z.enum(["burst", "link100", "packet", "odd"]);
const authScheme = z.enum(["basic", "digest-md5", "digest-sha256"]);

/** What a camera says by itself when its clip is there. */
const says = z.strictObject({
  /** Seconds of the clip. */
  atS: z.number().min(0),
  code: z.string(),
  action: z.enum(["Start", "Stop", "Pulse"]),
  data: z.unknown().exactOptional(),
});

/** One virtual camera. What is left out has the value in brackets. */
export const cameraOptions = z.strictObject({
  source,
  /** Served as `/camN/sub`; none without it. */
  sub: source.exactOptional(),
  /** [none asked] In the order of the challenges. */
  auth: z.array(authScheme).exactOptional(),
  username: z.string().exactOptional(),
  password: z.string().exactOptional(),
  /** [no limit] Sessions at the same time, main and sub together; the next gets 453. */
  limit: z.int().min(0).exactOptional(),
  /** [key] Where a client's stream begins: at the next key frame, anywhere, or with the running GOP sent at once. */
  join: z.enum(["key", "now", "burst"]).exactOptional(),
  /** [burst] */
  shape: shape.exactOptional(),
  /** [1 MiB] A client with this much unsent gets no further access unit. */
  queueBytes: z.int().positive().exactOptional(),
  /** [0] The camera's clock runs fast by this many millionths. */
  driftPpm: z.number().exactOptional(),
  /** [0] The camera's wall clock (in RTCP) is ahead by this much. */
  wallOffsetMs: z.number().exactOptional(),
  /** [5] Seconds between RTCP sender reports; 0 = none. */
  reportSeconds: z.number().min(0).exactOptional(),
  /** [60] A session without any sign of life is closed after it; 0 = never. */
  sessionSeconds: z.int().min(0).exactOptional(),
  /** [true] Parameter sets in front of every key frame. */
  inBand: z.boolean().exactOptional(),
  /** [true] Parameter sets in the SDP. */
  inSdp: z.boolean().exactOptional(),
  /** [false] Small NAL units share RTP packets. */
  aggregate: z.boolean().exactOptional(),
  /** [nothing] In step with the pictures of `source`, in every round of it; needs `eventsPort`. */
  says: z.array(says).exactOptional(),
  /** [Drive] What its tripwire is called in its settings. */
  tripwire: z.string().exactOptional(),
});

export const cameraServerOptions = z.strictObject({
  /** Camera 1, 2, … */
  cameras: z.array(cameraOptions).min(1).max(999),
  /** [127.0.0.1] */
  host: z.string().exactOptional(),
  /** [any] */
  port: z.int().min(0).max(65535).exactOptional(),
  /** [false] A port for each camera, so that `down` really refuses connections. */
  ownPorts: z.boolean().exactOptional(),
  /** An inherited listening socket instead of `port`; its send buffer size is inherited by the connections. */
  listenFd: z.int().exactOptional(),
  /** [no logs] Folder for the sender's logs: `cam3.log`, `cam3-sub.log`. It must exist. */
  logFolder: z.string().exactOptional(),
  /** [none] A port (0: a free one) at which all cameras say by themselves what they see, as a recorder does: camera 1 is index 0. */
  eventsPort: z.int().min(0).max(65535).exactOptional(),
  /** [1] For what is random: sequence numbers, odd pieces. The same seed gives the same run. */
  seed: z.int().exactOptional(),
});

const camera = z.union([z.int().min(1), z.literal("all")]);
const forCamera = { camera };

/** What can be done to a running server. */
export const cameraCommand = z.discriminatedUnion("do", [
  /** Connections are closed and refused (with shared ports: accepted, and closed at the first request). */
  z.strictObject({ do: z.literal("down"), ...forCamera }),
  /** Its sound is sent no more, its pictures are. */
  z.strictObject({ do: z.literal("mute"), ...forCamera }),
  /** Ends `down`, `stall`, `mute`, `hang` and `refuse`. */
  z.strictObject({ do: z.literal("up"), ...forCamera }),
  /** Sessions stay open and are answered, but no media comes. */
  z.strictObject({ do: z.literal("stall"), ...forCamera }),
  /** Nothing is read or answered any more, and nothing is sent. */
  z.strictObject({ do: z.literal("hang"), ...forCamera }),
  /** All connections closed; RTP time, sequence numbers and source ids begin anew; refused for `downMs`. */
  z.strictObject({ do: z.literal("reboot"), ...forCamera, downMs: z.number().min(0).exactOptional() }),
  /** Closes the connections, nothing else. */
  z.strictObject({ do: z.literal("disconnect"), ...forCamera }),
  /** RTP time of all tracks jumps by this many 90 kHz ticks. */
  z.strictObject({ do: z.literal("jump"), ...forCamera, ticks: z.int() }),
  /** The next n video RTP packets are not sent (their sequence numbers are used up). */
  z.strictObject({ do: z.literal("lose"), ...forCamera, packets: z.int().min(1) }),
  z.strictObject({ do: z.literal("refuse"), ...forCamera, how: z.enum(["unauthorized", "full"]) }),
  z.strictObject({ do: z.literal("parameter-sets"), ...forCamera, inSdp: z.boolean() }),
  /** Other pictures from now on, with other parameter sets; a change of codec closes the sessions. */
  z.strictObject({ do: z.literal("change-parameters"), ...forCamera, source }),
  z.strictObject({ do: z.literal("drift"), ...forCamera, ppm: z.number() }),
  /** It says something by itself. */
  z.strictObject({
    do: z.literal("event"),
    camera: z.int().min(1),
    code: z.string(),
    action: z.enum(["Start", "Stop", "Pulse"]),
    data: z.unknown().exactOptional(),
  }),
  /** What becomes of those who listen to what the cameras say (see `events.ts`). */
  z.strictObject({ do: z.literal("events"), how: z.enum(eventFaults) }),
  z.strictObject({ do: z.literal("status") }),
  /** Everything logged so far is in the files when this is answered. */
  z.strictObject({ do: z.literal("flush") }),
]);

export type CameraOptions = z.infer<typeof cameraOptions>;
export type CameraSays = z.infer<typeof says>;
export type CameraServerOptions = z.infer<typeof cameraServerOptions>;
export type CameraCommand = z.infer<typeof cameraCommand>;
