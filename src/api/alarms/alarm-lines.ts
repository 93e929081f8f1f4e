import { alarmSentence, edgesOfAlarm, raisedCount, summarize } from "../../domain/alarm-summary.ts";
import type { Alarm, AlarmDetail } from "../../contract/alarm.ts";
import { severities, usualSeverity, type Severity } from "../../domain/linkage-settings.ts";
import { severityOf, type Receipt } from "../../domain/receipt.ts";
import { sentence } from "../../domain/receipt-sentence.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { loopWords } from "../../domain/supervised-loop.ts";
import { isLimited, type ChannelRights, seenReceipt } from "../../domain/rights.ts";
import { wallTime } from "../../kernel/time.ts";
import type { AlarmRow } from "../../store/read-alarms.ts";
import { seenPage } from "../auth/visible.ts";
import type { ApiDeps } from "../ports.ts";

/**
 * Alarms as the inbox shows them: each with what its receipts say together. Of an alarm that concerns no channel which
 * may be seen there is no line.
 */
export async function alarmLines(
  deps: Pick<ApiDeps, "reads">,
  rows: readonly AlarmRow[],
  rights: ChannelRights,
): Promise<Alarm[]> {
  const [config, receipts, locks] = await Promise.all([
    deps.reads.config(),
    rows.length === 0 ? [] : deps.reads.receiptsOf(rows.map((row) => row.id)),
    deps.reads.locks(),
  ]);
  const byAlarm = Map.groupBy(seenReceipts(rights, receipts), (receipt) => receipt.alarmId ?? "");
  const locked = new Set(locks.map((lock) => lock.alarmId));
  const seen = rows.filter((row) => !isLimited(rights) || byAlarm.has(row.id));
  return seen.map((row) => {
    const own = byAlarm.get(row.id) ?? [];
    return seenLine(rights, lineOf(config, namedFor(rights, row, own), own, locked.has(row.id)));
  });
}

/** As many as one page may hold; whoever sees some channels only has their own looked through. */
const mostCounted = 500;

/** Alarms that nobody has acknowledged, of those that may be seen. */
export async function countNew({ reads }: Pick<ApiDeps, "reads">, rights: ChannelRights): Promise<number> {
  if (!isLimited(rights)) return reads.unacknowledged();
  return (await alarmLines({ reads }, await reads.alarms({ state: "new", limit: mostCounted }), rights)).length;
}

/** The receipts without the channels that are kept from them; those that are about no other are left out. */
export const seenReceipts = (rights: ChannelRights, receipts: readonly Receipt[]): readonly Receipt[] =>
  isLimited(rights) ? receipts.flatMap((receipt) => seenReceipt(rights, receipt) ?? []) : receipts;

/** One alarm with the receipts of its edges, as far as they may be seen. */
export async function alarmDetailOf(
  deps: Pick<ApiDeps, "reads">,
  row: AlarmRow,
  rights: ChannelRights,
): Promise<AlarmDetail> {
  const [config, all, locks] = await Promise.all([
    deps.reads.config(),
    deps.reads.receiptsOf([row.id]),
    deps.reads.locks(),
  ]);
  const receipts = seenReceipts(rights, all);
  const format = siteTime(config, { dateStyle: "short", timeStyle: "medium" });
  const line = lineOf(
    config,
    namedFor(rights, row, receipts),
    receipts,
    locks.some((lock) => lock.alarmId === row.id),
  );
  const told = edgesOfAlarm(receipts).map((receipt) => ({
    ...receipt,
    sentence: sentence(receipt, (wall) => format.format(wall)),
  }));
  return { ...seenLine(rights, line), receipts: told };
}

const seenLine = (rights: ChannelRights, line: Alarm): Alarm =>
  line.page === undefined ? line : { ...line, page: seenPage(rights, line.page) };

/** The alarm's name as its receipts have it for who may not know every camera that it names. */
const namedFor = (rights: ChannelRights, row: AlarmRow, receipts: readonly Receipt[]): AlarmRow =>
  isLimited(rights) ? { ...row, name: edgesOfAlarm(receipts)[0]?.edge.inputName ?? row.name } : row;

function lineOf(config: SiteConfig, row: AlarmRow, receipts: readonly Receipt[], locked: boolean): Alarm {
  const edges = edgesOfAlarm(receipts);
  const summary = summarize(edges);
  const time = siteTime(config, { timeStyle: "medium" });
  const count = raisedCount(edges);
  const cameras = summary.cameras.map((camera) => ({ ...camera, name: nameOf(config, camera.channel) }));
  const page = config.inputs.find((input) => input.input === row.input)?.linkage.page;
  const loop = edges.find(({ edge }) => edge.loop !== undefined)?.edge.loop;
  const head = { name: loop === undefined ? row.name : `${row.name}: ${loopWords[loop]}`, at: wallTime(row.at), count };
  return {
    ...row,
    ...(loop === undefined ? {} : { loop }),
    edges: count,
    verdict: summary.verdict,
    sentence: alarmSentence(head, summary, (wall) => time.format(wall)),
    cameras,
    faults: summary.faults,
    severity: gravest(edges),
    ...(page === undefined ? {} : { page }),
    locked,
  };
}

const gravest = (edges: readonly Receipt[]): Severity => {
  const all = edges.filter(({ edge }) => edge.kind !== "cleared").map(severityOf);
  return severities.findLast((one) => all.includes(one)) ?? usualSeverity;
};

/** A camera that was removed since has no name any more. */
export const nameOf = (config: SiteConfig, channel: number): string =>
  config.channels.find((row) => row.channel === channel)?.name ?? `Channel ${channel}`;

const siteTime = ({ site }: SiteConfig, style: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: site.timeZone, ...style });
