/**
 * Makes the test record of each walk test once it is over and its outcomes are known: the data, then the PDF, kept until
 * there are too many. What was not made before a stop is made after the next start.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, seconds } from "../../kernel/time.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { WalkRecord } from "../../domain/walk-test.ts";
import type { ApiDeps } from "../ports.ts";
import { recordData, type RecordData } from "./record-data.ts";
import type { RecordFile } from "./report.ts";

type DeskDeps = Pick<
  ApiDeps,
  "clock" | "core" | "reads" | "playback" | "probe" | "log" | "version" | "walkFolder" | "machine"
>;

export interface RecordDesk extends Disposable {
  /** `none`: it runs still. */
  state(walk: WalkRecord): Promise<RecordFile>;
  /** What the record was made of; undefined while it is not there. */
  data(walkId: string): Promise<RecordData | undefined>;
  read(walkId: string, ending: "pdf" | "json"): Promise<Buffer | undefined>;
  /** Makes what is missing; resolves when everything that can be made now is there. */
  look(): Promise<void>;
}

/** So long after its end outcomes are waited for. */
const patience = seconds(30);
const lookAgain = seconds(2);
/** Of so many the records are kept; the oldest go. */
export const keptRecords = 200;

export function recordDesk(deps: DeskDeps): RecordDesk {
  const path = (walkId: string, ending: string) => join(deps.walkFolder, `${walkId}.${ending}`);
  const read = (walkId: string, ending: "pdf" | "json") => readFile(path(walkId, ending)).catch(() => undefined);
  const has = async (walkId: string) =>
    (await readdir(deps.walkFolder).catch((): string[] => [])).includes(`${walkId}.pdf`);
  let cancel: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();

  const make = async (walk: WalkRecord, receipts: readonly Receipt[]): Promise<void> => {
    const { data, pictures } = await recordData(deps, walk, receipts);
    const json = JSON.stringify(data);
    // the library is loaded when a record is made, not before
    const { recordPdf } = await import("./record-pdf.ts");
    const pdf = await recordPdf(data, pictures, json);
    await mkdir(deps.walkFolder, { recursive: true, mode: 0o700 });
    await writeFile(path(walk.walkId, "json"), json, { mode: 0o600 });
    await writeFile(path(walk.walkId, "part"), pdf, { mode: 0o600 });
    await rename(path(walk.walkId, "part"), path(walk.walkId, "pdf"));
    deps.log.info({ walkId: walk.walkId, bytes: pdf.length }, "test record made");
  };
  /** One that can't be made holds up no other; it is tried again at the next look. */
  const tryMaking = (walk: WalkRecord, receipts: readonly Receipt[]): Promise<void> =>
    make(walk, receipts).catch((error: unknown) => {
      deps.log.error({ walkId: walk.walkId, error: String(error) }, "a test record could not be made");
    });
  const lookOnce = async (): Promise<void> => {
    const walks = await deps.reads.walkTests(keptRecords);
    let later = false;
    for (const walk of walks.toReversed()) {
      if (walk.ended === undefined || (await has(walk.walkId))) continue;
      const receipts = await deps.reads.receiptsOfWalk(walk);
      if (receipts.every(isKnown) || deps.clock.wall() - walk.ended.at >= patience) await tryMaking(walk, receipts);
      else later = true;
    }
    await removeOld(deps.walkFolder, new Set(walks.map(({ walkId }) => walkId)));
    cancel();
    if (later) cancel = deps.clock.wakeAt(after(deps.clock.now(), lookAgain), () => void look());
  };
  const look = (): Promise<void> => {
    running = running.then(lookOnce).catch((error: unknown) => {
      deps.log.error({ error: String(error) }, "test records could not be looked for");
    });
    return running;
  };
  const stop = deps.core.onMessage((message) => {
    if (message.kind === "snapshot") void look();
    if (message.kind === "event" && message.event.kind === "walk-test" && message.event.walk.ended !== undefined)
      void look();
  });
  return {
    look,
    read,
    async state({ walkId, ended }) {
      if (ended === undefined) return "none";
      if (await has(walkId)) return "ready";
      // the end is told a moment before it is in the database: whoever asks has it looked for again
      void look();
      return "being-made";
    },
    async data(walkId) {
      const json = (await has(walkId)) ? await read(walkId, "json") : undefined;
      return json === undefined ? undefined : (JSON.parse(json.toString()) as RecordData);
    },
    [Symbol.dispose]() {
      stop();
      cancel();
    },
  };
}

/** Everything that a tick could wait for; footage is proved long before its recording ends. */
const isKnown = ({ actions }: Receipt): boolean =>
  actions.every(
    ({ target, outcome, record }) =>
      outcome !== undefined || (target.kind === "record" && record?.newFrameAfterMs !== undefined),
  );

async function removeOld(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    if (!kept.has(name.replace(/\.\w+$/, ""))) await rm(join(folder, name), { force: true });
  }
}
