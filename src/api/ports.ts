/** What the routes need from outside; `compose.ts` brings the real ones, tests bring small ones. */
import type { Clock } from "../kernel/time.ts";
import type { Result } from "../kernel/result.ts";
import type { Actor, Command, CommandError, LiveState } from "../messages/api.ts";
import type { MediaParameters } from "../messages/media.ts";
import type { ProbeRequest } from "../messages/probe.ts";
import type { ProbeReaderEvents } from "../platform/probe-client.ts";
import type { EventMessage } from "../contract/streams.ts";
import type { LineRequest, MediaSlice, SliceRequest } from "../media/mp4/media-line.ts";
import type { Mp4Part } from "../media/mp4/virtual-mp4.ts";
import type { StoreReads } from "../store/read.ts";
import type { Sealer } from "../store/secrets.ts";
import type { DiskSpeed } from "../domain/disk-speed.ts";
import type { Medium } from "../domain/medium.ts";
import type { FolderLook } from "../platform/folder-look.ts";
import type { Log } from "../platform/log.ts";
import type { LogPage, LogQuery } from "../platform/log-reader.ts";
import type { MachineNetwork, ProcessUsage } from "../platform/machine.ts";
import type { Notice } from "../platform/notices.ts";
import type { Bucket } from "../bucket/port.ts";
import type { BucketSettings } from "../domain/bucket-settings.ts";
import type { VolumeSettings } from "../domain/site-config.ts";
import type { SegmentFiles } from "./footage/segment-files.ts";
import type { ConvertClip } from "./exports/convert-clip.ts";
import type { OpenSockets } from "./auth/open-sockets.ts";
import type { LookSource } from "./detection/ports.ts";
import type { AskModel } from "./models/model-child.ts";
import type { LiveSource } from "./live/ports.ts";

export interface CorePort {
  /** Sends a command and waits for its reply, 10 s at most; `unavailable` while core is away. Never rejects. */
  ask(actor: Actor, command: Command): Promise<Result<unknown, CommandError>>;
  /** What is true now; undefined while core is away. */
  live(): { readonly seq: number; readonly state: LiveState } | undefined;
  /** Calls back for every message that a page gets. Returns a function that ends it. */
  onMessage(handle: (message: EventMessage) => void): () => void;
}

export interface FootagePort {
  /** MP4s of a span, one for each run of equal parameters; empty when nothing of it is there. */
  open(request: FootageRequest): Promise<OpenFootage>;
}

export interface FootageRequest {
  readonly channel: number;
  /** Wall time, ms. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly audio: boolean;
}

export interface OpenFootage {
  readonly parts: readonly Mp4Part<string>[];
  /**
   * The bytes `[start, end)` of a part. Ends with an error when a file of it is gone. `into`: memory that files may be
   * read into over and over; what was given is overwritten when the next is asked for.
   */
  read(part: Mp4Part<string>, start: number, end: number, into?: Uint8Array): AsyncIterable<Uint8Array>;
}

/** Where a media segment lies. */
export interface SegmentSource {
  readonly id: string;
  readonly path: string;
  /** Offset of the fragment from which a slice is found without reading what is before it. */
  hintFor(slice: MediaSlice<SegmentSource>): number;
}

export interface MediaRequest extends SliceRequest {
  readonly channel: number;
  readonly segmentId: string;
  readonly hint: number;
}

/** Footage as media segments for players; each answer is of one file, put together for the request. */
export interface PlaybackPort {
  /** Empty when nothing of the span is there. Of the main stream where none is named. */
  line(channel: number, request: LineRequest, stream?: "main" | "sub"): Promise<MediaSlice<SegmentSource>[]>;
  /** What a player needs before the media segments of that file; undefined when the file or its track is not there. */
  init(channel: number, segmentId: string, track: "video" | "audio"): Promise<Uint8Array | undefined>;
  media(request: MediaRequest): Promise<OpenMedia | undefined>;
}

export interface OpenMedia {
  readonly bytes: number;
  read(): AsyncIterable<Uint8Array>;
}

export interface PasswordPort {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

/** Tests of cameras: the session is the recorder's, the picture is decoded by analysis. */
export interface ProbePort {
  run(request: ProbeRequest, events: ProbeReaderEvents): Disposable;
  /** One key frame as JPEG. Rejects with a sentence. */
  decode(parameters: MediaParameters, unit: Uint8Array): Promise<Uint8Array>;
}

/** What the routes behind the gate get besides. */
export interface RouteDeps extends ApiDeps {
  readonly sockets: OpenSockets;
}

/** What the machine tells of itself. */
export interface MachinePort {
  usage(pid: number): ProcessUsage | undefined;
  network(): MachineNetwork;
  /** Where the API listens. */
  listening(): readonly { readonly host: string; readonly port: number; readonly tls: boolean }[];
  /** Whether a folder could be a volume. Never rejects. */
  folder(path: string): Promise<FolderLook>;
  /** What a folder lies on; nothing of its disk is touched. Never rejects. */
  medium(path: string): Promise<Medium | undefined>;
  /** Writes a test file to a volume and removes it; a few seconds at most, unless the disk hangs. */
  measure(root: string): Promise<DiskSpeed>;
  logs(query: LogQuery): Promise<LogPage>;
  notices(): Promise<readonly Notice[]>;
  licence(name: string): Promise<(Notice & { readonly text: string }) | undefined>;
}

export interface ApiDeps {
  readonly core: CorePort;
  readonly reads: StoreReads;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly passwords: PasswordPort;
  readonly footage: FootagePort;
  readonly playback: PlaybackPort;
  readonly segmentFiles: SegmentFiles;
  /** An object store; its client is loaded by the first one. */
  openBucket(settings: BucketSettings): Promise<Bucket>;
  /** Where a volume's journal lies: in its folder, of an archive in a bucket in one beside the database. */
  volumeFolder(volume: VolumeSettings): string;
  readonly convertClip: ConvertClip;
  /** Where exports are made and kept for a day. */
  readonly exportFolder: string;
  /** Core's own journal. */
  readonly journalFolder: string;
  /** Pictures of edges, a folder each. */
  readonly pictureFolder: string;
  /** Pictures by the clock, a folder a camera and day. */
  readonly timedPictureFolder: string;
  /** What moved and who was seen, a folder a channel. */
  readonly detectionFolder: string;
  /** Models that somebody brought. */
  readonly modelFolder: string;
  /** Opens a model to look at it. */
  readonly askModel: AskModel;
  /** What the detection process sees now. */
  readonly looks: LookSource;
  /** Test records of walk tests: `<id>.pdf`, and the data that it was made of. */
  readonly walkFolder: string;
  readonly live: LiveSource;
  readonly machine: MachinePort;
  /** A picture of what a channel shows now, JPEG. Rejects with a sentence when there is none. */
  snapshot(channel: number): Promise<Uint8Array>;
  /** Its newest key frame, small: cheap enough for lists. Rejects with a sentence. */
  keyPicture(channel: number): Promise<{ readonly jpeg: Uint8Array; readonly wall?: number }>;
  /** A key frame out of a file, small. Rejects with a sentence when it can't be decoded. */
  smallPicture(parameters: MediaParameters, unit: Uint8Array): Promise<Uint8Array>;
  readonly probe: ProbePort;
  readonly random: (bytes: number) => Uint8Array;
  /** The one-time token of the first start, while it is good. */
  firstStartToken(): string | undefined;
  /** Folder of the built web pages; need not exist. */
  readonly webRoot: string;
}
