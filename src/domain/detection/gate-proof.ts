/** What the gate by sizes has proven of a camera, to be kept over a restart. Pure. */

/** Of each of its levels, the highest first (`size-gate.ts`). */
export type GateProof = readonly LevelProof[];

export interface LevelProof {
  readonly sure: number;
  readonly needed: number;
  /** How long nothing stirred, and how much of it the gate was open, ms. */
  readonly quietMs: number;
  readonly openMs: number;
}

export interface KeptProof {
  /** Of which stream, looked at how. */
  readonly of: string;
  /** When, ms since 1970. */
  readonly wall: number;
  readonly levels: GateProof;
}

/** Older ones are of another light, perhaps of another place. */
export const proofKeptMs = 6 * 3_600_000;
/** A clock that was set back a little. */
const aheadMs = 60_000;

export const proofText = (kept: KeptProof): string => JSON.stringify({ version: 1, ...kept });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isAmount = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 && value < 1e9;

/** Undefined when it is damaged, of another stream or too old: it is proven anew. */
export function readProof(text: string, of: string, wall: number): GateProof | undefined {
  const kept = parsed(text);
  if (!isRecord(kept) || kept["version"] !== 1 || kept["of"] !== of || !Array.isArray(kept["levels"])) return undefined;
  const age = wall - Number(kept["wall"]);
  if (!(age >= -aheadMs && age <= proofKeptMs)) return undefined;
  const levels = kept["levels"].flatMap((level: unknown): LevelProof[] => {
    if (!isRecord(level)) return [];
    const { sure, needed, quietMs, openMs } = level;
    if (!isAmount(sure) || !isAmount(needed) || !isAmount(quietMs) || !isAmount(openMs)) return [];
    return openMs > quietMs ? [] : [{ sure, needed, quietMs, openMs }];
  });
  return levels.length === kept["levels"].length ? levels : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
