/** What an edge came of, as people sort a list by: by its input as it is set now. An input that is no more was a contact. */
import { detectionPoints } from "./detection/points.ts";
import type { AlarmInputSettings, SiteConfig } from "./site-config.ts";

/** In the order in which they are offered. `hand`: recorded by hand; `board`: lost while armed. */
export const edgeSources = [
  "contact",
  "motion",
  "rule",
  "people",
  "vehicle",
  "tamper",
  "audio",
  "offline",
  "key",
  "api",
  "simulator",
  "board",
  "hand",
] as const;
export type EdgeSource = (typeof edgeSources)[number];

type SourceInput = Pick<AlarmInputSettings, "kind" | "point" | "zone" | "board">;
interface SourceBoard {
  readonly board: number;
  readonly driver: { readonly kind: string };
}

/** Of an input. Where its board is not known, what pictures show is known all the same. */
export function sourceOfInput(input: SourceInput | undefined, boards: readonly SourceBoard[]): EdgeSource {
  if (input === undefined) return "contact";
  switch (input.kind) {
    case "video-motion":
      return "motion";
    case "video-tamper":
    case "video-loss":
      return "tamper";
    case "audio":
      return "audio";
    case "video-rule":
      if (input.point === detectionPoints.human) return "people";
      return input.point === detectionPoints.vehicle ? "vehicle" : "rule";
    default:
      break;
  }
  if (input.zone === "key-switch") return "key";
  switch (boards.find(({ board }) => board === input.board)?.driver.kind) {
    case "http-trigger":
      return "api";
    case "virtual":
      return "simulator";
    case "camera-offline":
      return "offline";
    default:
      return "contact";
  }
}

/** Which edges are meant: of these inputs, and of those without one (input 0) these kinds. */
export interface OfSources {
  readonly inputs: readonly number[];
  readonly kinds: readonly ("tamper" | "manual")[];
}

/** `known`: the numbers of all inputs that there are edges of. */
export function ofSources(
  sources: readonly EdgeSource[],
  known: readonly number[],
  { inputs, boards }: Pick<SiteConfig, "inputs" | "boards">,
): OfSources {
  const wanted = new Set(sources);
  const settings = new Map(inputs.map((row) => [row.input, row]));
  return {
    inputs: known.filter((input) => input !== 0 && wanted.has(sourceOfInput(settings.get(input), boards))),
    kinds: [
      ...(wanted.has("board") ? (["tamper"] as const) : []),
      ...(wanted.has("hand") ? (["manual"] as const) : []),
    ],
  };
}
