import { instant, type Instant } from "../../kernel/time.ts";
import { findStartCode, splitAnnexB, type NalKind, type NalSyntax } from "../codec/nal.ts";
import type { ParameterSets } from "../codec/parameter-sets.ts";
import type { BlockPool, RawUnit, RtpHeader, Timeline } from "../types.ts";
import { createUnitBuffer, type UnitBuffer } from "./depacketizer-buffer.ts";
import { createDelivery, type Delivery, type Picture } from "./depacketizer-delivery.ts";

/** What a payload format (RFC 6184, RFC 7798) hands its NAL units to. `bytes` are copied before the call returns. */
export interface NalSink {
  /** A whole NAL unit. */
  whole(bytes: Uint8Array, start: number, end: number): void;
  /** The first fragment of a NAL unit whose header is rebuilt from the fragment's; `second` only for H.265. */
  open(first: number, second: number, bytes: Uint8Array, start: number, end: number): void;
  /** A further fragment of the NAL unit with this first header byte. */
  more(first: number, bytes: Uint8Array, start: number, end: number, last: boolean): void;
  /** The packet makes no sense: the picture it belongs to is damaged. */
  damage(): void;
}

/** Units that have to end at their marker before markers are believed at once. */
const markersToTrust = 3;

/**
 * Joins NAL units to access units. Rules, tolerant of cameras:
 *
 * - A unit ends at its marker bit or at the next NAL unit with another timestamp, and only when it has a slice: parameter
 *   sets and SEI with a marker or a timestamp of their own belong to the slice that follows; its timestamp counts.
 * - A slice that is not the first of its picture goes on with the unit in progress, whatever marker or timestamp say
 *   (cameras that mark every NAL unit, or split a picture over two timestamps).
 * - Whether the marker can be believed is learned: the first units of a session wait for the packet after them. A
 *   camera whose marker proves wrong is cut at timestamps from then on.
 * - Nothing is cut between NAL units of one timestamp without a marker.
 * - After a hole the unit in progress is damaged, and so is a unit that begins with a slice that is not the first.
 */
export class VideoAssembler implements NalSink {
  readonly #syntax: NalSyntax;
  readonly #sets: ParameterSets;
  readonly #buffer: UnitBuffer;
  readonly #delivery: Delivery;
  readonly #head = new Uint8Array(3);

  /** Of the packet being read. */
  #timestamp = 0;
  #arrival: Instant = instant(0);

  /** The unit in progress. */
  #picture: Picture = freshPicture();
  #lineTimestamp = 0;
  #slices = false;
  #damaged = false;
  /** Its marker came, but is not believed yet. */
  #marked = false;
  #hole = false;

  #open: NalKind | undefined;
  #openHeader = 0;
  #firstOfUnit = false;

  #markers: "learning" | "believed" | "wrong" = "learning";
  #learned = 0;

  constructor(syntax: NalSyntax, sets: ParameterSets, pool: BlockPool, timeline: Timeline) {
    this.#syntax = syntax;
    this.#sets = sets;
    this.#buffer = createUnitBuffer(pool);
    this.#delivery = createDelivery(this.#buffer, sets, timeline);
  }

  beginPacket(header: RtpHeader, arrival: Instant): void {
    this.#timestamp = header.timestamp;
    this.#arrival = arrival;
  }

  endPacket(marker: boolean): void {
    if (!marker) return;
    // A camera that never sets the end bit of a fragment: nothing is missing, or `lost` would have come.
    if (this.#open !== undefined) this.#closeNal();
    if (!this.#slices && !this.#damaged) return;
    if (this.#damaged || this.#markers === "believed") this.#finish();
    else if (this.#markers === "learning") this.#marked = true;
  }

  whole(bytes: Uint8Array, start: number, end: number): void {
    if (end <= start) return;
    const kind = this.#syntax.kind(bytes, start);
    if (kind === "unknown") {
      // A byte stream where a NAL unit should be (its first byte is the start code's zero); all else is not ours.
      if (findStartCode(bytes, start, Math.min(end, start + 4)) >= 0) this.#wholeStream(bytes.slice(start, end));
      return;
    }
    if (end - start <= this.#syntax.headerBytes && kind === "slice") {
      this.damage();
      return;
    }
    this.#startNal(kind, bytes, start);
    if (kind === "left-out") return;
    this.#buffer.openNal();
    this.#open = kind;
    if (this.#buffer.append(bytes, start, end)) this.#closeNal();
    else this.damage();
  }

  open(first: number, second: number, bytes: Uint8Array, start: number, end: number): void {
    const { headerBytes } = this.#syntax;
    if (end <= start) {
      this.damage();
      return;
    }
    this.#head[0] = first;
    this.#head[1] = headerBytes === 2 ? second : (bytes[start] ?? 0);
    this.#head[2] = bytes[start] ?? 0;
    const kind = this.#syntax.kind(this.#head, 0);
    this.#startNal(kind, this.#head, 0);
    this.#buffer.openNal();
    this.#open = kind;
    this.#openHeader = first;
    if (!this.#buffer.append(this.#head, 0, headerBytes) || !this.#buffer.append(bytes, start, end)) this.damage();
  }

  more(first: number, bytes: Uint8Array, start: number, end: number, last: boolean): void {
    if (this.#open === undefined || this.#openHeader !== first) this.damage();
    else if (!this.#buffer.append(bytes, start, end)) this.damage();
    else {
      this.#arrived();
      if (last) this.#closeNal();
    }
  }

  damage(): void {
    this.#dropOpenNal();
    if (!this.#slices && !this.#damaged) this.#lineTimestamp = this.#timestamp;
    this.#damaged = true;
    this.#buffer.discard();
  }

  lost(): void {
    this.#delivery.loss();
    this.#hole = true;
    this.#marked = false;
    this.#dropOpenNal();
    if (this.#slices) this.#damaged = true;
    // SEI that came before the hole may belong to a picture that did not.
    else this.#picture.recovery = false;
    this.#buffer.discard();
  }

  pull(): RawUnit | undefined {
    return this.#delivery.pull();
  }

  /** The marker of the unit in progress came, and nothing behind it yet. */
  get waits(): boolean {
    return this.#marked && this.#open === undefined && this.#slices && !this.#damaged;
  }

  /** Its marker is taken at its word; that proves nothing about the next one. */
  settle(): void {
    if (!this.waits) return;
    this.#marked = false;
    this.#finish();
  }

  close(): void {
    this.#dropOpenNal();
    this.#delivery.close();
  }

  #dropOpenNal(): void {
    if (this.#open === undefined) return;
    this.#open = undefined;
    this.#buffer.dropNal();
  }

  #arrived(): void {
    this.#lineTimestamp = this.#timestamp;
    this.#picture.arrival = this.#arrival;
  }

  /** A NAL unit begins at `bytes[at]`: does it end the unit in progress, and is it where a picture may begin? */
  #startNal(kind: NalKind, bytes: Uint8Array, at: number): void {
    const first = kind !== "slice" || this.#syntax.firstSlice(bytes, at);
    // A fragmented NAL unit without its end, and no hole: the camera left it out.
    if (this.#open !== undefined) this.damage();
    const moved = this.#timestamp !== this.#lineTimestamp;
    if ((this.#slices || this.#damaged) && (this.#marked || moved)) {
      if (!first && this.#slices && !this.#damaged) {
        if (this.#marked) this.#markers = "wrong";
        this.#marked = false;
      } else if (kind !== "suffix" || moved) this.#finish();
    }
    this.#arrived();
    if (kind !== "slice") return;
    this.#firstOfUnit = !this.#slices;
    if (this.#firstOfUnit) this.#startPicture(first, bytes, at);
  }

  #startPicture(first: boolean, bytes: Uint8Array, at: number): void {
    this.#slices = true;
    this.#picture.kind = this.#syntax.picture(bytes, at);
    this.#picture.timestamp = this.#timestamp;
    const parameters = this.#sets.current();
    this.#picture.parameters = parameters.ok ? parameters.value : undefined;
    if (!first) {
      if (!this.#hole && !this.#damaged && this.#markers === "believed") this.#markers = "wrong";
      this.#damaged = true;
    }
    this.#hole = false;
  }

  #closeNal(): void {
    const kind = this.#open;
    this.#open = undefined;
    const nal = this.#buffer.nal();
    if (kind === "slice") {
      if (this.#firstOfUnit) this.#delivery.slice(this.#picture.kind, nal);
      this.#firstOfUnit = false;
      this.#buffer.closeNal();
    } else if (findStartCode(nal, 0, nal.byteLength) >= 0) {
      const stream = nal.slice();
      this.#buffer.dropNal();
      this.#wholeStream(stream);
    } else if (this.#keeps(kind, nal)) this.#buffer.closeNal();
    else this.#buffer.dropNal();
    if (this.#damaged) this.#buffer.discard();
  }

  /** Does a NAL unit that is no slice stay in the unit's data? Parameter sets go where they are kept. */
  #keeps(kind: NalKind | undefined, nal: Uint8Array): boolean {
    if (kind === "parameters") return !this.#sets.offer(nal);
    if (kind === "suffix") return this.#slices;
    if (kind !== "prefix") return false;
    if (this.#syntax.recoveryPoint(nal, 0, nal.byteLength)) this.#picture.recovery = true;
    return true;
  }

  /** Some cameras put several NAL units with start codes where one belongs (ISO 14496-10 Annex B). */
  #wholeStream(stream: Uint8Array): void {
    for (const nal of splitAnnexB(stream)) this.whole(nal, 0, nal.byteLength);
  }

  #finish(): void {
    if (this.#marked && !this.#damaged && ++this.#learned >= markersToTrust && this.#markers === "learning") {
      this.#markers = "believed";
    }
    if (this.#damaged || !this.#slices) {
      this.#buffer.discard();
      this.#delivery.loss();
    } else this.#delivery.whole(this.#picture);
    this.#picture = freshPicture();
    this.#slices = this.#damaged = this.#marked = false;
  }
}

const freshPicture = (): Picture => ({
  kind: "other",
  recovery: false,
  timestamp: 0,
  arrival: instant(0),
  parameters: undefined,
});
