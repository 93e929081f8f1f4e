/**
 * Sounds of open pages, made by the browser itself. A browser plays nothing before somebody has touched the page: that
 * is said, not hidden. A page is never the only sounder.
 */
import type { PageSound } from "../../../src/domain/linkage-settings.ts";

/** Nothing sounds longer, ms. */
export const soundCapMs = 60_000;

let context: AudioContext | undefined;
let ending: (() => void) | undefined;

/** Pitches in Hz, each for so many ms, again and again. */
const tunes: Readonly<Record<Exclude<PageSound, "off">, { readonly hz: readonly number[]; readonly ms: number }>> = {
  chime: { hz: [880, 660, 0, 0, 0, 0], ms: 350 },
  siren: { hz: [960, 770], ms: 500 },
};

/** True when it sounds; false when the browser wants somebody to touch the page first. */
export async function playSound(sound: PageSound, forMs: number): Promise<boolean> {
  if (sound === "off") return true;
  stopSound();
  context ??= new AudioContext();
  const audio = context;
  // it stays pending where a touch is missing: it is not waited for longer than a moment
  await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
  if (audio.state !== "running") return false;
  const { hz, ms } = tunes[sound];
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0;
  tone.type = "triangle";
  tone.connect(volume).connect(audio.destination);
  const lasts = Math.min(forMs, soundCapMs);
  for (let at = 0, i = 0; at < lasts; at += ms, i++) {
    const pitch = hz[i % hz.length] ?? 0;
    const when = audio.currentTime + at / 1000;
    volume.gain.setValueAtTime(pitch === 0 ? 0 : 0.3, when);
    if (pitch > 0) tone.frequency.setValueAtTime(pitch, when);
  }
  tone.start();
  tone.stop(audio.currentTime + lasts / 1000);
  ending = () => tone.stop();
  return true;
}

export function stopSound(): void {
  ending?.();
  ending = undefined;
  if ("speechSynthesis" in window) window.speechSynthesis.cancel();
}

/** Spoken in the language of the page; nothing where the browser has no voice. */
export function speak(text: string): void {
  if (!("speechSynthesis" in window) || text === "") return;
  const said = new SpeechSynthesisUtterance(text);
  said.lang = document.documentElement.lang;
  window.speechSynthesis.speak(said);
}
