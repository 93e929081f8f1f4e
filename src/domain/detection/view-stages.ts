/** Whether the camera still shows what it should: covered, defocused or turned; and whether its scene became another. */
import type { GreyPicture } from "./grey-picture.ts";
import { createUsualPicture, type PictureMatch } from "./picture-match.ts";

/** Looked at once a second: what happens to a camera stays. */
export const viewEveryMs = 1000;

export type Tampering = "covered" | "defocused" | "turned";

export type ViewFound =
  | { readonly kind: "learning" }
  /** Too little in the picture to compare, as of a bare wall or a dark room. */
  | { readonly kind: "bare" }
  | { readonly kind: "well" }
  | { readonly kind: "changed"; readonly how: Tampering };

export interface ViewStage {
  /** The next picture, about one a second, at this time on the clock of the pictures, ms. */
  look(picture: GreyPicture, at: number): ViewFound;
}

/** Fewer textured blocks than this are no picture that can be compared. */
const leastTextured = 8;
/** What is usual is the average of so many seconds. */
const tamperMemory = 60;
const sceneMemory = 20;

interface TamperLimits {
  /** Share of the blocks that lost their texture, from which on it is covered. */
  readonly flat: number;
  /** Share of the blocks that still show the same, below which it was turned. */
  readonly alike: number;
  /** Part of its usual sharpness, below which it is defocused. */
  readonly sharp: number;
  /** So long it has to stay so, s. */
  readonly staysS: number;
}

/** By sensitivity 1–6. The middle one, 3, is what neither light switches nor infrared light nor fog reach. */
export const tamperLimits: readonly TamperLimits[] = [
  { flat: 0.95, alike: 0.06, sharp: 0.12, staysS: 12 },
  { flat: 0.9, alike: 0.09, sharp: 0.18, staysS: 9 },
  { flat: 0.8, alike: 0.14, sharp: 0.25, staysS: 6 },
  { flat: 0.7, alike: 0.2, sharp: 0.35, staysS: 5 },
  { flat: 0.6, alike: 0.28, sharp: 0.45, staysS: 4 },
  { flat: 0.5, alike: 0.36, sharp: 0.55, staysS: 3 },
];
/** Bright and dark lie where they did: the same picture, only blurred. */
const sameLayout = 0.7;
/** A turned or defocused camera is taken as the usual one after so long; a covered one never: it sees nothing. */
const acceptedAfterMs = 10 * 60_000;

/** @param sensitivity 1–6 */
export function createTamperStage(sensitivity: number): ViewStage {
  const limits = tamperLimits[Math.min(6, Math.max(1, Math.round(sensitivity))) - 1] ?? tamperLimits[2];
  const usual = createUsualPicture(tamperMemory);
  let since: { readonly how: Tampering; readonly at: number } | undefined;
  let known = false;
  return {
    look(picture, at) {
      const match = usual.look(picture);
      const how = match === undefined || limits === undefined ? undefined : tamperingOf(match, limits);
      if (how === undefined) {
        since = undefined;
        usual.follow();
        known ||= match !== undefined;
        return calm(match, known);
      }
      if (since?.how !== how) since = { how, at: since?.at ?? at };
      const lasts = at - since.at;
      if (how !== "covered" && lasts > acceptedAfterMs) usual.forget();
      return lasts >= (limits?.staysS ?? 0) * 1000 ? { kind: "changed", how } : { kind: "well" };
    },
  };
}

function tamperingOf(match: PictureMatch, limits: TamperLimits): Tampering | undefined {
  if (match.textured < leastTextured) return undefined;
  const [flat, same] = [match.flat >= limits.flat, match.layout >= sameLayout];
  if (flat && !same) return "covered";
  if (same && match.sharp < limits.sharp) return "defocused";
  return isAnother(match, limits.alike) ? "turned" : undefined;
}

/** Nothing is where it was. Sky over ground is so before every camera: where that stayed, it takes more. */
const isAnother = ({ alike, layout, flat }: PictureMatch, below: number): boolean =>
  flat < 0.5 && alike < (layout >= sameLayout ? below / 2 : below);

/** @param known it was compared before: what is learnt anew was accepted */
const calm = (match: PictureMatch | undefined, known: boolean): ViewFound => {
  if (match === undefined) return { kind: known ? "well" : "learning" };
  return { kind: match.textured < leastTextured ? "bare" : "well" };
};

/** Share of the blocks that still show the same, below which the scene is another one. */
const otherScene = 0.2;
const sceneStaysMs = 3000;
/** What the scene became is the usual one after so long. */
const sceneAcceptedMs = 10_000;

/** The picture became another one and stays so; after 10 s that one is the scene. */
export function createSceneStage(): ViewStage {
  const usual = createUsualPicture(sceneMemory);
  let since: number | undefined;
  let known = false;
  return {
    look(picture, at) {
      const match = usual.look(picture);
      const other = match !== undefined && match.textured >= leastTextured && isOther(match);
      if (!other) {
        since = undefined;
        usual.follow();
        known ||= match !== undefined;
        return calm(match, known);
      }
      since ??= at;
      if (at - since >= sceneStaysMs + sceneAcceptedMs) usual.forget();
      return at - since >= sceneStaysMs ? { kind: "changed", how: "turned" } : { kind: "well" };
    },
  };
}

const isOther = (match: PictureMatch): boolean =>
  isAnother(match, otherScene) || (match.flat >= 0.8 && match.layout < sameLayout);
