/** What an open page shall sound for the alarms that are new now. Pure. */
import type { Alarm } from "../../../src/contract/alarm.ts";
import type { PageSound } from "../../../src/domain/linkage-settings.ts";

/** The alarm that sounds now, and those that have had their turn. */
export interface Sounding {
  readonly alarm: string | undefined;
  readonly heard: ReadonlySet<string>;
}

export const silentStart: Sounding = { alarm: undefined, heard: new Set() };

export type SoundStep =
  | { readonly kind: "go-on" }
  | { readonly kind: "stop" }
  | { readonly kind: "play"; readonly sound: PageSound; readonly voice: string };

/** A new alarm takes the sound over; it ends when nobody's alarm that sounded is new any more. Each sounds once. */
export function nextSound(
  before: Sounding,
  alarms: readonly Alarm[],
): { readonly next: Sounding; readonly step: SoundStep } {
  const loud = alarms.filter(({ page }) => page !== undefined && (page.sound !== "off" || page.voice !== ""));
  const fresh = loud.filter(({ id }) => !before.heard.has(id)).toSorted((a, b) => b.at - a.at);
  const heard = new Set([...before.heard, ...fresh.map(({ id }) => id)]);
  const [newest] = fresh;
  if (newest?.page !== undefined) {
    const { sound, voice } = newest.page;
    return { next: { alarm: newest.id, heard }, step: { kind: "play", sound, voice } };
  }
  if (before.alarm === undefined || loud.some(({ id }) => id === before.alarm))
    return { next: before, step: { kind: "go-on" } };
  return { next: { alarm: undefined, heard }, step: { kind: "stop" } };
}
