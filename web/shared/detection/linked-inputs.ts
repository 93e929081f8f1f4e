/** The alarm inputs on the points of a camera's detection, as pages change them together with its settings. Pure. */
import { swingerAlarmsDefault, zoneDefault } from "../../../src/domain/arming.ts";
import type { VideoDetectionSettings } from "../../../src/domain/detection/settings.ts";
import { defaults } from "../../../src/domain/site-config.ts";
import { alike } from "../draft.ts";
import type { Channel, Input } from "../types.ts";

/** What is set of a camera; the rest of its board is Reed's business. */
export type DetectionFields = Omit<VideoDetectionSettings, "kind" | "channel">;

/** What can be set of an input: all but its number and what is true of it now. */
export type LinkedSettings = Omit<Input, "input" | "live">;

/** An alarm input on a point of the camera; without a number it is made with Apply. */
export interface LinkedInput {
  readonly input?: number;
  readonly settings: LinkedSettings;
}

export interface LinkedDraft {
  readonly settings: DetectionFields;
  /** At most one a point. */
  readonly inputs: readonly LinkedInput[];
}

/** The same without these members. */
export const without = <T extends object, K extends keyof T>(value: T, ...names: readonly K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !names.some((name) => name === key))) as Omit<T, K>;

/** What is saved: settings, and the inputs on the points that a page knows. */
export const savedDraft = (
  settings: DetectionFields,
  board: number | undefined,
  inputs: readonly Input[],
  isKnown: (point: number) => boolean,
): LinkedDraft => ({
  settings,
  inputs: inputs
    .filter((one) => one.board === board && isKnown(one.point))
    .map((one) => ({ input: one.input, settings: without(one, "input", "live") }))
    .sort(byPoint),
});

const byPoint = (a: LinkedInput, b: LinkedInput): number => a.settings.point - b.settings.point;

export const inputAt = ({ inputs }: LinkedDraft, point: number): LinkedInput | undefined =>
  inputs.find(({ settings }) => settings.point === point);

/** In the place of the one that is on its point. */
export const putInput = (draft: LinkedDraft, at: LinkedInput): LinkedDraft => ({
  ...draft,
  inputs: [...draft.inputs.filter(({ settings }) => settings.point !== at.settings.point), at].sort(byPoint),
});

export function changeInput(draft: LinkedDraft, point: number, part: Partial<LinkedSettings>): LinkedDraft {
  const found = inputAt(draft, point);
  return found === undefined ? draft : putInput(draft, { ...found, settings: { ...found.settings, ...part } });
}

/** Of the API's schema. */
const mostLetters = 100;

/** What an input of a camera is called as long as nobody gives it another name. */
export const nameOfInput = (camera: string, what: string): string =>
  `${camera.slice(0, Math.max(0, mostLetters - what.length - 2))}: ${what}`.slice(0, mostLetters);

/** As it is made for what was switched on: closed while it is seen, nothing to debounce, its own camera recorded. */
export function newLinked(
  channel: Pick<Channel, "channel" | "name">,
  at: { readonly point: number; readonly kind: Input["kind"]; readonly what: string },
): LinkedInput {
  return {
    settings: {
      ...{ name: nameOfInput(channel.name, at.what), enabled: true, kind: at.kind },
      // the board is known when the settings are
      ...{ board: 0, point: at.point, type: "NO", debounceMs: 0, antiDitherS: defaults.antiDitherS },
      ...{ recordChannels: [channel.channel], postRecordS: defaults.postRecordS, maxRecordS: defaults.maxRecordS },
      ...{ outputs: [], notifiers: [], zone: zoneDefault, chime: false, swingerAlarms: swingerAlarmsDefault },
    },
  };
}

/** The same linkage for another camera: what is linked to the one is to the other. */
export function linkageFor(from: LinkedSettings, camera: number, other: number): Partial<LinkedSettings> {
  const linkage = without(from, "name", "kind", "board", "point", "enabled");
  const there = (channel: number): number => (channel === camera ? other : channel);
  const { snapshots } = linkage;
  return {
    ...linkage,
    recordChannels: linkage.recordChannels.map(there),
    ...(snapshots === undefined ? {} : { snapshots: { ...snapshots, channels: snapshots.channels.map(there) } }),
  };
}

/**
 * What is set by now with what was changed on a page: the rest is another page's, where somebody may have changed it
 * since this one was opened.
 */
export function withChanges(now: DetectionFields, saved: DetectionFields, draft: DetectionFields): DetectionFields {
  const names = Object.keys({ ...saved, ...draft }) as (keyof DetectionFields)[];
  const changed = names.filter((name) => !alike(saved[name], draft[name]));
  const kept = without(now, ...changed);
  return { ...kept, ...Object.fromEntries(changed.flatMap((name) => (name in draft ? [[name, draft[name]]] : []))) };
}

export type ApplyStep =
  /** Its settings have changed: `withChanges`. */
  | { readonly kind: "settings" }
  | { readonly kind: "remove"; readonly input: number }
  | { readonly kind: "change"; readonly input: number; readonly settings: LinkedSettings }
  /** `board` of its settings is filled in from the answer to the settings. */
  | { readonly kind: "add"; readonly settings: LinkedSettings };

/**
 * From what is saved to what was drawn, in the order in which it is sent: inputs that are gone first, then those that
 * stay, the lower point first, because they may move up: no two ever hang on one point, and none on a point that the
 * settings take away. New ones come last, when their points are there.
 */
export function planOf(saved: LinkedDraft, draft: LinkedDraft): readonly ApplyStep[] {
  const kept = draft.inputs.flatMap((one) => (one.input === undefined ? [] : [{ ...one, input: one.input }]));
  const before = new Map(saved.inputs.map((one): [number | undefined, LinkedInput] => [one.input, one]));
  const gone = saved.inputs.flatMap(({ input }) =>
    input === undefined || kept.some((one) => one.input === input) ? [] : [input],
  );
  return [
    ...gone.map((input): ApplyStep => ({ kind: "remove", input })),
    ...kept
      .filter(({ input, settings }) => !alike(before.get(input)?.settings, settings))
      .sort(byPoint)
      .map(({ input, settings }): ApplyStep => ({ kind: "change", input, settings })),
    ...(alike(saved.settings, draft.settings) ? [] : [{ kind: "settings" as const }]),
    ...draft.inputs.flatMap(({ input, settings }): ApplyStep[] =>
      input === undefined ? [{ kind: "add", settings }] : [],
    ),
  ];
}
