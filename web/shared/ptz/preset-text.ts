/** How a preset is written for people: its number, and the name that the camera has for it. */
import { presetRange, type PtzPreset } from "../../../src/domain/ptz-settings.ts";

/** `7 · Gate`; `7` where the camera has no name for it or was not asked; empty for none. */
export function presetText(preset: number | undefined, known: readonly PtzPreset[] = []): string {
  if (preset === undefined || Number.isNaN(preset)) return "";
  const name = known.find((one) => one.preset === preset)?.name ?? "";
  return name === "" ? `${preset}` : `${preset} · ${name}`;
}

/**
 * What somebody typed or chose: a number, `7 · Gate`, or a name as the camera has it. `undefined`: nothing; `NaN`: neither
 * a preset's number nor a name that is known.
 */
export function presetIn(text: string, known: readonly PtzPreset[] = []): number | undefined {
  const typed = text.trim();
  if (typed === "") return undefined;
  const named = known.find(({ name }) => name !== "" && name.toLowerCase() === typed.toLowerCase());
  if (named !== undefined) return named.preset;
  const number = Number(/^(\d+)(\s*·.*)?$/.exec(typed)?.[1] ?? Number.NaN);
  const [min, max] = presetRange;
  return number >= min && number <= max ? number : Number.NaN;
}

/** Choices in the camera's order, each once. */
export const presetChoices = (known: readonly PtzPreset[]): string[] => [
  ...new Set(known.map(({ preset }) => presetText(preset, known))),
];
