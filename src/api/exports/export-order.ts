/** What an export is asked for, found out before it begins: cameras and spans, the alarm, its receipts. */
import type { ChannelRights } from "../../domain/rights.ts";
import type { Alarm } from "../../contract/alarm.ts";
import type { ExportBody, ExportLanguage } from "../../contract/export.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { edgesOfAlarm } from "../../domain/alarm-summary.ts";
import { alarmLines, nameOf, seenReceipts } from "../alarms/alarm-lines.ts";
import { limitedSentence } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import type { ExportSpan } from "./export-files.ts";
import { receiptsOfSpan } from "./export-receipts.ts";
import { siteTime } from "./site-time.ts";

export interface ExportOrder {
  readonly title: string;
  /** Of the ZIP. */
  readonly name: string;
  readonly alarm?: Alarm;
  readonly spans: readonly ExportSpan[];
  readonly receipts: readonly Receipt[];
  /** Why a camera has nothing, as far as it is known before looking. */
  readonly missing: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly audio: boolean;
  readonly language: ExportLanguage;
}

type Deps = Pick<ApiDeps, "reads" | "clock">;

/**
 * Fails with a sentence when the alarm is not there or has no footage at all.
 *
 * @param rights of who asks: nothing of a camera which may not be played back is in the order, neither by name nor in a
 *   receipt
 */
export async function orderOf(deps: Deps, given: ExportBody, rights: ChannelRights): Promise<ExportOrder> {
  const body = { ...given, language: given.language ?? (await deps.reads.config()).site.language ?? "en" };
  // an export is footage: who sees a camera live only has no part in it
  const played = { live: rights.playback, playback: rights.playback };
  return body.alarmId === undefined ? orderOfSpan(deps, body, played) : orderOfAlarm(deps, body, played);
}

/** In a language that is known. */
type Asked = ExportBody & { readonly language: ExportLanguage };

async function orderOfAlarm(deps: Deps, body: Asked, rights: ChannelRights): Promise<ExportOrder> {
  const { alarmId = "", audio, language } = body;
  const row = (await deps.reads.alarm(alarmId)) ?? fail("not-found", `There is no alarm ${alarmId}.`);
  const [alarm] = await alarmLines(deps, [row], rights);
  if (alarm === undefined) return fail("forbidden", limitedSentence);
  const now = deps.clock.wall();
  const spans = alarm.cameras.flatMap(({ channel, name, from, to }): ExportSpan[] =>
    from === undefined ? [] : [{ channel, name, from, to: to ?? now }],
  );
  if (spans.length === 0) fail("no-footage", "No camera recorded anything for this alarm.");
  const missing = alarm.cameras.flatMap(({ channel, name, from, reason }) =>
    from === undefined ? [`Camera ${channel} "${name}": no footage: ${reason ?? "nothing was recorded"}.`] : [],
  );
  const receipts = edgesOfAlarm(seenReceipts(rights, await deps.reads.receiptsOf([alarmId])));
  const bounds = boundsOf(spans);
  return {
    ...(await named(deps, language, alarm.name, bounds.from)),
    ...bounds,
    alarm,
    spans,
    receipts,
    missing,
    audio,
    language,
  };
}

async function orderOfSpan(deps: Deps, body: Asked, rights: ChannelRights): Promise<ExportOrder> {
  const { audio, language } = body;
  const span = body.span ?? fail("invalid");
  const { from, to } = span;
  const config = await deps.reads.config();
  const spans = [...new Set(span.channels)].map((channel) => ({ channel, name: nameOf(config, channel), from, to }));
  const { receipts, cutAt } = await receiptsOfSpan(deps.reads, span, rights);
  const time = siteTime(config.site.timeZone, language);
  const missing = cutAt === undefined ? [] : [`Receipts before ${time.exact(cutAt)} are left out: there are too many.`];
  return {
    ...(await named(deps, language, language === "de" ? "Aufnahmen" : "Footage", from)),
    from,
    to,
    spans,
    receipts,
    missing,
    audio,
    language,
  };
}

const boundsOf = (spans: readonly ExportSpan[]) => ({
  from: Math.min(...spans.map((span) => span.from)),
  to: Math.max(...spans.map((span) => span.to)),
});

async function named(deps: Deps, language: ExportLanguage, what: string, from: number) {
  const { site } = await deps.reads.config();
  const time = siteTime(site.timeZone, language);
  const plain = what
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "-");
  return {
    title: `${what}, ${time.exact(from)}`,
    name: `${plain.replaceAll(/^-+|-+$/g, "").toLowerCase()}-${time.stamp(from)}.zip`,
  };
}
