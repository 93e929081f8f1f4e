/** What the detection process is made of; `compose.ts` joins it. */
import type { GreyPicture } from "../domain/detection/grey-picture.ts";
import type { SeenObject, TrackedObject } from "../domain/detection/objects.ts";
import type { PictureFound, PointLevel } from "../domain/detection/video-stages.ts";
import type { DetectedChannel } from "../messages/detection.ts";
import type { MediaParameters } from "../messages/media.ts";

/** Red, green, blue, 8 bits each, row by row without padding. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** One access unit of a stream, in decode order. */
export interface CodedUnit {
  /** Length-prefixed NAL units, as on the media socket. */
  readonly data: Uint8Array;
  readonly key: boolean;
  /** 90 kHz. */
  readonly pts: number;
}

/** A decoded picture. It is the decoder's: nothing of it may be used after `StreamDecoderEvents.picture` has returned. */
export interface DecodedPicture {
  /** That of its unit. */
  readonly pts: number;
  readonly width: number;
  readonly height: number;
  /** 176 × 144, for the motion stages. Throws a sentence when the picture can't be analysed. */
  grey(): GreyPicture;
  /** In colours, scaled down to this width when it is wider; the copy is the caller's. */
  rgb(mostWidth: number): RgbPicture;
}

export interface StreamDecoderEvents {
  /** In the order in which they are shown. */
  picture(picture: DecodedPicture): void;
  /** It can't go on; it is disposed and another one opened. Once. */
  failed(reason: string): void;
}

/** Decodes one stream; kept open as long as its parameters hold. */
export interface StreamDecoder extends Disposable {
  /**
   * Takes the next unit; the first, and the first after any that was left out, is a key one. Pictures come at once or
   * a little later. A damaged unit gives no picture and, when it goes on so, ends in `failed`.
   */
  push(unit: CodedUnit): void;
  /** Gives what it still holds; what follows begins with a key unit and needs nothing of what was before. */
  skip(): void;
}

/** Two implementations, one suite. */
export interface PictureSource {
  readonly name: string;
  /** Throws a sentence when it can't decode this codec, or its parameters make no sense. */
  open(parameters: MediaParameters, events: StreamDecoderEvents): StreamDecoder;
  /** Processes of its own that run now; none where it decodes inside this one. */
  readonly processes: readonly number[];
}

/** A part of a picture, pixels. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Finds objects, for all channels: one picture at a time, channels in turn; of a channel that waits the newest picture
 * is kept and the older one left out.
 */
export interface ObjectDetector extends AsyncDisposable {
  readonly name: string;
  /** Longer side of the model's input, pixels; a guess until the model is open. */
  readonly side: number;
  /**
   * Objects in these parts of the picture, as parts of the whole. Undefined when a newer picture of the channel took
   * its place. Rejects with a sentence when the model fails.
   */
  look(channel: number, picture: RgbPicture, crops: readonly Crop[]): Promise<readonly SeenObject[] | undefined>;
}

/** Samples of one channel, −1 … 1. */
export interface HeardSamples {
  readonly sampleRate: number;
  readonly samples: Float32Array;
}

/** Decodes the sound of one camera. */
export interface SoundDecoder extends Disposable {
  /** The samples of one audio unit; channels are mixed. Throws a sentence when it can't be decoded. */
  push(data: Uint8Array): HeardSamples | undefined;
}

export interface SoundSource {
  /** Throws a sentence when it can't decode this codec. */
  open(parameters: MediaParameters): SoundDecoder;
}

/** A picture that was looked at, as the stages behind motion get it. */
export interface LookedAt {
  /** Only until `look` returns. */
  readonly picture: DecodedPicture;
  readonly found: PictureFound;
  /** When it arrived: instant, and ms since 1970. */
  readonly arrival: number;
  readonly wall: number;
}

/** What follows motion: objects, their tracks, and the rules over them. One for each channel. */
export interface ObjectStage extends Disposable {
  /** Every picture that is looked at, in order; takes a copy of what it needs and comes back at once. */
  look(seen: LookedAt): void;
  /** Nothing is looked at any more; what was followed is forgotten. */
  blind(reason: string): void;
  /** Somebody is followed who may stand still: pictures are wanted although nothing moves. */
  follows(at: number): boolean;
  /** Who was in the newest picture about which the detector answered, and when that picture arrived (ms since 1970). */
  readonly newest: ObjectsThere | undefined;
}

export interface ObjectsThere {
  readonly wall: number;
  readonly objects: readonly TrackedObject[];
}

/**
 * `say` takes levels of its own points, as of a picture that arrived at `at`; after it, `answered` is called when there
 * is something newer to draw.
 */
export type OpenObjectStage = (
  channel: DetectedChannel,
  say: (points: readonly PointLevel[], at: number) => void,
  answered: () => void,
) => ObjectStage;
