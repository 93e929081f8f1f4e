/** What a test record says, gathered once and kept beside it; the pictures come out of the footage. */
import type { Language } from "../../domain/site-config.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { WalkRecord } from "../../domain/walk-test.ts";
import { walkRows, type WalkRow } from "../../domain/walk-ticks.ts";
import type { ApiDeps } from "../ports.ts";
import { edgePicture } from "./edge-picture.ts";

export interface RecordData {
  readonly site: string;
  readonly timeZone: string;
  readonly language: Language;
  readonly version: string;
  readonly walk: WalkRecord;
  readonly rows: readonly WalkRow[];
  /** A trouble of the clock while the record was made, and what the machine says of its time server. */
  readonly clock: { readonly trusted: boolean; readonly synchronised: string; readonly by: string };
  readonly madeAt: number;
  readonly pictures: readonly PictureFacts[];
}

/** `at` is absent where there is none; `reason` says why. */
export interface PictureFacts {
  readonly input: number;
  readonly channel: number;
  readonly edgeAt: number;
  readonly at?: number;
  readonly reason?: string;
}

/** JPEGs by `input/channel`. */
export type RecordPictures = ReadonlyMap<string, Uint8Array>;

export const pictureKey = (input: number, channel: number): string => `${input}/${channel}`;

export async function recordData(
  deps: Pick<ApiDeps, "reads" | "clock" | "core" | "playback" | "probe" | "version" | "machine">,
  walk: WalkRecord,
  receipts: readonly Receipt[],
): Promise<{ readonly data: RecordData; readonly pictures: RecordPictures }> {
  const config = await deps.reads.config();
  const rows = walkRows(config, walk.inputs, receipts);
  const jpegs = new Map<string, Uint8Array>();
  const facts: PictureFacts[] = [];
  for (const wanted of wantedPictures(rows, receipts)) {
    const { input, channel, edgeAt } = wanted;
    try {
      const picture = await edgePicture(deps, channel, edgeAt);
      if (picture !== undefined) jpegs.set(pictureKey(input, channel), picture.jpeg);
      facts.push(picture === undefined ? { ...wanted, reason: "no footage" } : { ...wanted, at: picture.at });
    } catch (error) {
      facts.push({ ...wanted, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const { synchronised, by } = deps.machine.network().clock;
  const { name, timeZone, language = "en" } = config.site;
  const trusted = deps.core.live()?.state.troubles.some(({ key }) => key === "clock") !== true;
  const data = {
    ...{ site: name, timeZone, language, version: deps.version, walk, rows },
    clock: { trusted, synchronised, by },
    ...{ madeAt: deps.clock.wall(), pictures: facts },
  };
  return { data, pictures: jpegs };
}

/** One of each camera of each input that was tripped: of the trip that its tick is of. */
function wantedPictures(rows: readonly WalkRow[], receipts: readonly Receipt[]) {
  return rows.flatMap(({ input, cameras }) =>
    cameras.flatMap(({ id, eventId }) => {
      const trip = receipts.find(({ edge }) => edge.eventId === eventId);
      return trip === undefined ? [] : [{ input, channel: id, edgeAt: trip.edge.at.wall }];
    }),
  );
}
