/** What a linkage has besides channels, outputs and messages: the same for every source. */
import { z } from "zod";
import {
  linkageRanges,
  mostEscalations,
  pageSounds,
  severities,
  snapshotDefaults,
  tourDefaults,
  usualPage,
  type LinkageExtras,
  type PageLink,
} from "../domain/linkage-settings.ts";
import { presetRange } from "../domain/ptz-settings.ts";
import { list, number, within } from "./common.ts";

const step = z.strictObject({
  afterMin: within(linkageRanges.escalateMin).int().describe("minutes after the alarm began"),
  notifiers: list(number).describe("who is told then, unless somebody acknowledged"),
});

const tour = z
  .strictObject({
    channels: list(number),
    atOnce: z.union([z.literal(1), z.literal(4)]).default(tourDefaults.atOnce),
    everyS: within(linkageRanges.tourEveryS).int().default(tourDefaults.everyS),
  })
  .describe("live pages show these, one group after the other, while the alarm is new; absent: the linked ones");

export const presetNumber = within(presetRange).int();
const ptzLink = z.strictObject({
  channel: number,
  preset: presetNumber.describe("where it looks"),
  back: z.exactOptional(presetNumber).describe("where it looks again after the alarm; absent: it stays"),
});

export const extraFields = {
  ptz: list(ptzLink)
    .refine((links) => new Set(links.map(({ channel }) => channel)).size === links.length, "names a camera twice")
    .describe("cameras that look somewhere else, while armed"),
  severity: z.enum(severities).describe("how much it wants a person; absent: warning"),
  snapshots: z
    .strictObject({
      channels: list(number),
      count: within(linkageRanges.snapshotCount).int().default(snapshotDefaults.count),
      intervalS: within(linkageRanges.snapshotIntervalS).default(snapshotDefaults.intervalS),
    })
    .describe("pictures, kept with the alarm and sent with messages; absent: one of the first recorded channel"),
  onlyIf: z
    .strictObject({ inputs: list(number), withinS: within(linkageRanges.withinS) })
    .describe("acts only when one of these was raised within the seconds before; recording does not ask"),
  confirm: z
    .strictObject({
      inputs: list(number).describe("what else sees the same, as a rule its cameras' motion or people"),
      withinS: within(linkageRanges.withinS),
      severity: z.exactOptional(
        z.enum(severities).describe("while one of them is active, or was raised within the seconds"),
      ),
      check: z.exactOptional(
        z.literal(true).describe("none of them before or after, although all were watched: a trouble of this sensor"),
      ),
    })
    .describe("recording does not ask"),
  escalation: z
    .array(step)
    .max(mostEscalations)
    .readonly()
    .refine(
      (steps) => steps.every(({ afterMin }, i) => afterMin > (steps[i - 1]?.afterMin ?? 0)),
      "goes up in minutes",
    ),
  page: z
    .strictObject({
      popup: z.boolean().default(usualPage.popup),
      sound: z.enum(pageSounds).default(usualPage.sound),
      voice: z.string().max(200).default(usualPage.voice).describe("spoken by open pages; empty: nothing"),
      tour: z.exactOptional(tour),
    })
    .describe("what open pages do; they are never the only sounder"),
};

export const optionalExtras = {
  ptz: z.exactOptional(extraFields.ptz),
  severity: z.exactOptional(extraFields.severity),
  snapshots: z.exactOptional(extraFields.snapshots),
  onlyIf: z.exactOptional(extraFields.onlyIf),
  confirm: z.exactOptional(extraFields.confirm),
  escalation: z.exactOptional(extraFields.escalation),
  page: z.exactOptional(extraFields.page),
};

/** In a patch: `null` takes it away again. */
export const patchExtras = {
  ptz: extraFields.ptz,
  severity: extraFields.severity,
  snapshots: extraFields.snapshots.nullable(),
  onlyIf: extraFields.onlyIf.nullable(),
  confirm: extraFields.confirm.nullable(),
  escalation: extraFields.escalation,
  page: extraFields.page.nullable(),
};

/** The names that can be copied from one source to others. */
export const extraNames = ["ptz", "severity", "snapshots", "onlyIf", "confirm", "escalation", "page"] as const;

/** The extras of a body, and what is left of it. What says nothing is left out of the row. */
export function splitExtras<T extends LinkageExtras>(
  body: T,
): { readonly extras: LinkageExtras; readonly rest: Omit<T, (typeof extraNames)[number]> } {
  const { ptz, severity, snapshots, onlyIf, confirm, escalation, page, ...rest } = body;
  const extras = {
    ...(ptz === undefined || ptz.length === 0 ? {} : { ptz }),
    ...(severity === undefined ? {} : { severity }),
    ...(snapshots === undefined || snapshots.channels.length === 0 ? {} : { snapshots }),
    ...(onlyIf === undefined || onlyIf.inputs.length === 0 ? {} : { onlyIf }),
    ...(confirm === undefined || confirm.inputs.length === 0 ? {} : { confirm }),
    ...(escalation === undefined || escalation.length === 0 ? {} : { escalation }),
    ...(page === undefined ? {} : { page: withoutEmptyTour(page) }),
  };
  return { extras, rest };
}

function withoutEmptyTour({ tour: wanted, ...page }: PageLink): PageLink {
  return wanted === undefined || wanted.channels.length === 0 ? page : { ...page, tour: wanted };
}
