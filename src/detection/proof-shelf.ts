/**
 * Keeps what the gate by sizes has proven of one camera over a restart, in a small file beside what moved there. A file
 * that can't be read or makes no sense is none: the camera proves itself anew.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { proofText, readProof, type GateProof } from "../domain/detection/gate-proof.ts";

export interface ProofShelf {
  /** What was proven of this stream, looked at in this way. */
  read(of: string): GateProof | undefined;
  /** Once a second: written at most once a minute, when there is more to say, and removed at once when it holds no more. */
  keep(now: ProofNow): void;
  /** All that was begun is on the disk. */
  settled(): Promise<void>;
}

export interface ProofNow {
  readonly of: string;
  readonly proof: GateProof | undefined;
  /** What is not believed now is left as it lies: it may be what is being proven again. */
  readonly trusted: boolean;
}

const leastApartMs = 60_000;
/** It is written so often for its age alone. */
const mostApartMs = 600_000;
/** A proof is some 400 bytes. */
const mostBytes = 4096;

export const proofFile = (folder: string): string => join(folder, "gate.json");

export function openProofShelf(folder: string, wall: () => number, failed: (reason: string) => void): ProofShelf {
  const file = proofFile(folder);
  let isThere = false;
  let writtenAt = -Infinity;
  let written = "";
  let refused = "";
  let work: Promise<void> | undefined;

  const start = (job: () => Promise<void>): void => {
    work = job()
      .then(
        () => void (refused = ""),
        (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          if (reason !== refused) failed(reason);
          refused = reason;
        },
      )
      .then(() => void (work = undefined));
  };
  const write = async (text: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  };
  return {
    read(of) {
      const text = firstOf(file);
      const proof = text === undefined ? undefined : readProof(text, hashOf(of), wall());
      isThere = proof !== undefined;
      return proof;
    },
    keep({ of, proof, trusted }) {
      if (work !== undefined) return;
      if (proof === undefined) {
        if (!isThere) return;
        [writtenAt, written, isThere] = [-Infinity, "", false];
        start(() => rm(file, { force: true }));
        return;
      }
      if (!trusted) return;
      const now = wall();
      const next = JSON.stringify([of, proof.map(({ sure, needed }) => [sure, needed])]);
      if (now >= writtenAt && now - writtenAt < (next === written ? mostApartMs : leastApartMs)) return;
      [writtenAt, written, isThere] = [now, next, true];
      start(() => write(proofText({ of: hashOf(of), wall: now, levels: proof })));
    },
    settled: async () => await work,
  };
}

const hashOf = (of: string): string => createHash("sha256").update(of).digest("hex");

/** Undefined when it is not there, can't be read or is larger than a proof. */
function firstOf(file: string): string | undefined {
  let open: number | undefined;
  try {
    open = openSync(file, "r");
    const bytes = Buffer.alloc(mostBytes + 1);
    const length = readSync(open, bytes, 0, bytes.length, 0);
    return length > mostBytes ? undefined : bytes.toString("utf8", 0, length);
  } catch {
    return undefined;
  } finally {
    if (open !== undefined) closeSync(open);
  }
}
