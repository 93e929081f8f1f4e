/** Modes, zones and disarm linkage as the page changes them. Pure; no DOM. */
import { armingRanges, type ModeSettings, type ZoneType } from "../../../../src/domain/arming.ts";
import type { ArmingSettingsAnswer } from "../../../shared/arming/arming-data.ts";
import type { Input } from "../../../shared/types.ts";

export interface ZoneDraft {
  readonly zone: ZoneType;
  /** Modes that it is armed in, in no order. */
  readonly modes: readonly string[];
}

export interface ArmingDraft {
  readonly modes: readonly ModeSettings[];
  readonly whileDisarmed: ArmingSettingsAnswer["whileDisarmed"];
  /** By input. */
  readonly zones: Readonly<Record<string, ZoneDraft>>;
}

const idsOf = (modes: readonly ModeSettings[]): readonly string[] => modes.map(({ mode }) => mode);

/** What is saved; an input that names no modes is armed in all. */
export const draftOf = ({ modes, whileDisarmed }: ArmingSettingsAnswer, inputs: readonly Input[]): ArmingDraft => ({
  ...{ modes, whileDisarmed },
  zones: Object.fromEntries(
    inputs.map(({ input, zone, modes: armedIn }) => [
      input,
      { zone, modes: idsOf(modes).filter((id) => armedIn === undefined || armedIn.includes(id)) },
    ]),
  ),
});

export type InputSettings = Omit<Input, "input" | "live">;

/** The inputs whose zone or modes were changed, as they are to be saved: armed in all modes, they name none. */
export function changedInputs(
  draft: ArmingDraft,
  saved: ArmingDraft,
  inputs: readonly Input[],
): readonly { readonly input: number; readonly settings: InputSettings }[] {
  const ids = idsOf(draft.modes);
  return inputs.flatMap((row) => {
    const { input } = row;
    const now = draft.zones[input];
    const before = saved.zones[input];
    if (now === undefined || before === undefined) return [];
    const same = now.zone === before.zone && alike(now.modes, before.modes);
    if (same) return [];
    const armedIn = ids.filter((id) => now.modes.includes(id));
    const all = armedIn.length === ids.length;
    return [{ input, settings: { ...bare(row), zone: now.zone, ...(all ? {} : { modes: armedIn }) } }];
  });
}

const bare = (row: Input): InputSettings =>
  Object.fromEntries(
    Object.entries(row).filter(([key]) => key !== "input" && key !== "live" && key !== "modes"),
  ) as InputSettings;

const alike = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

/** A name as programs call it: small letters, digits, hyphens, and no other mode's. */
export function modeIdFor(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 24);
  const base = plain === "" || plain === "disarmed" ? "mode" : plain;
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(id)) return id;
  }
}

export type Problem = "noMode" | "name" | "delay";

/** The first thing that keeps it from being applied. */
export function problemOf({ modes }: ArmingDraft): Problem | undefined {
  const [least, most] = armingRanges.delayS;
  const inside = (value: number) => Number.isInteger(value) && value >= least && value <= most;
  if (modes.length === 0) return "noMode";
  if (modes.some(({ name }) => name.trim() === "")) return "name";
  return modes.every(({ exitS, entryS }) => inside(exitS) && inside(entryS)) ? undefined : "delay";
}
