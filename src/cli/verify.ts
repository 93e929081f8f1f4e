/** `reed verify`: an evidence pack, as a ZIP or an unpacked folder, against its manifest and the keys that were named. */
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { existsSync } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { dataPaths } from "../platform/paths.ts";
import { openStoreReads } from "../store/read.ts";
import { checkFiles, checkZip, type CheckOptions } from "../verify/pack.ts";
import type { Crypto, Source, Verdict } from "../verify/types.ts";
import { aboutSentence, colourOf, findingSentence, headline, noteSentence } from "../verify/words.ts";

export interface VerifyOptions {
  /** Fingerprints, as they were written down. */
  readonly keys: readonly string[];
  /** A recorder's data folder, whose known keys count too. */
  readonly data: string | undefined;
}

/** 0: whole, and signed by a named key. 1: something is wrong. 3: whole, and nobody named a key to compare with. */
export async function verifyPack(path: string, options: VerifyOptions): Promise<number> {
  if (!existsSync(path)) throw new Error(`There is no ${path}.`);
  const keys = [...options.keys, ...(options.data === undefined ? [] : await knownKeys(options.data))];
  const verdict = await checkPath(path, { crypto: nodeCrypto, keys });
  for (const line of linesOf(verdict)) console.log(line);
  return { green: 0, yellow: 3, red: 1 }[colourOf(verdict)];
}

function linesOf(verdict: Verdict): string[] {
  const { findings, notes, manifest } = verdict;
  return [
    ...(manifest === undefined ? [] : [aboutSentence(manifest, "en")]),
    ...findings.map((finding) => `✖ ${findingSentence(finding, "en")}`),
    ...notes.map((note) => `  ${noteSentence(note, "en")}`),
    headline(colourOf(verdict), "en"),
  ];
}

async function checkPath(path: string, options: CheckOptions): Promise<Verdict> {
  await using sources = new Sources();
  if (!(await stat(path)).isDirectory()) return await checkZip(await sources.open(path, basename(path)), options);
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  const files: Source[] = [];
  for (const entry of found.filter((one) => one.isFile())) {
    const at = join(entry.parentPath, entry.name);
    files.push(await sources.open(at, relative(path, at).replaceAll(sep, "/")));
  }
  return await checkFiles(files, options);
}

class Sources implements AsyncDisposable {
  readonly #opened: { close(): Promise<void> }[] = [];

  async open(path: string, name: string): Promise<Source> {
    const file = await open(path, "r");
    this.#opened.push(file);
    return {
      name,
      bytes: (await file.stat()).size,
      async read(start, end) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, end - start)), 0, end - start, start);
        return buffer.subarray(0, bytesRead);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const file of this.#opened) await file.close();
  }
}

/** What stands before the raw 32 bytes in a SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4). */
const spkiHead = Buffer.from("302a300506032b6570032100", "hex");

export const nodeCrypto: Crypto = {
  sha256() {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
  },
  ed25519(publicKey, message, signature) {
    try {
      const key = createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: "der", type: "spki" });
      return Promise.resolve(verifySignature(null, message, key, signature));
    } catch {
      // bytes that are no key at all have signed nothing
      return Promise.resolve(false);
    }
  },
};

/** Public halves only: no secret is opened for it. */
async function knownKeys(data: string): Promise<string[]> {
  const { database } = dataPaths(data);
  if (!existsSync(database)) throw new Error(`There is no database ${database}. Give the right folder with --data.`);
  await using reads = openStoreReads(database);
  const { site } = await reads.config();
  return (site.evidenceKeys ?? []).map(({ fingerprint }) => fingerprint);
}
