/** The check of a whole pack: signature, files, receipts, chains, and the ZIP's own bytes. */
import { crc32, eachChunk, fromBase64, partOf, textOf } from "./bytes.ts";
import { checkChain } from "./chain.ts";
import type { Crypto, Finding, Manifest, ManifestFile, Note, Source, Verdict } from "./types.ts";
import { readZip, strangeByte, type Wanted, type ZipEntry } from "./zip.ts";

export const manifestName = "manifest.json";
export const signatureName = "manifest.sig";

/** No manifest of ours is longer; its files are named one by one. */
const longestManifest = 64 * 1024 * 1024;

export interface CheckOptions {
  readonly crypto: Crypto;
  /** Fingerprints that the site is known by. Empty: nobody told any. */
  readonly keys: readonly string[];
  readonly progress?: (doneBytes: number, totalBytes: number) => void;
}

/** What a fingerprint is without the spaces and dashes that make it readable. */
export const plainKey = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-f]/g, "");

/** `3f2a-9c01-…` */
export const shownKey = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, "$1-");

/** Checks a pack as a ZIP. Rejects only when it can't be read. */
export async function checkZip(source: Source, options: CheckOptions): Promise<Verdict> {
  const entries = await readZip(source);
  if (entries === undefined) return { findings: [{ kind: "no-pack", why: "zip" }], notes: [], bytes: source.bytes };
  const sources = entries.map(({ name, dataAt, bytes }) => partOf(source, name, dataAt, bytes));
  return check(sources, options, { source, entries });
}

/** Checks the files of an unpacked one. */
export const checkFiles = (files: readonly Source[], options: CheckOptions): Promise<Verdict> =>
  check(files, options, undefined);

interface Zip {
  readonly source: Source;
  readonly entries: readonly ZipEntry[];
}

async function check(files: readonly Source[], options: CheckOptions, zip: Zip | undefined): Promise<Verdict> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const signed = await readSigned(files, options, zip);
  const { manifest } = signed;
  if (manifest === undefined) return { findings: signed.findings, notes: [], bytes };
  const checked = await checkContents(files, manifest, options);
  const findings = [...signed.findings, ...checked.findings];
  // a changed file shifts nothing; one that is missing or longer moves all that is behind it
  if (zip !== undefined && findings.length === 0) findings.push(...(await frameOf(zip, manifest, checked.crcs)));
  const notes: Note[] = [...signed.notes, ...(zip === undefined ? [{ kind: "unpacked" } as const] : [])];
  return { findings, notes: [...notes, ...notesOf(manifest)], manifest, bytes };
}

interface Signed {
  readonly manifest?: Manifest;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

async function readSigned(files: readonly Source[], options: CheckOptions, zip: Zip | undefined): Promise<Signed> {
  const source = files.find(({ name }) => name === manifestName);
  if (source === undefined || source.bytes > longestManifest) {
    return { findings: [{ kind: "no-pack", why: "manifest" }], notes: [] };
  }
  const bytes = await source.read(0, source.bytes);
  const manifest = manifestIn(textOf(bytes));
  // the ZIP's own checksums tell which of the two was changed
  const changed = await brokenBySums(files, zip);
  if (manifest === undefined) {
    return { findings: changed.length > 0 ? changed : [{ kind: "no-pack", why: "format" }], notes: [] };
  }
  const { findings, notes } = await checkSignature(manifest, bytes, files, options);
  return { manifest, findings: [...changed, ...findings], notes };
}

async function brokenBySums(files: readonly Source[], zip: Zip | undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of [manifestName, signatureName]) {
    const source = files.find((file) => file.name === name);
    const entry = zip?.entries.find((one) => one.name === name);
    if (source === undefined || entry === undefined) continue;
    if (crc32(await source.read(0, source.bytes)) !== entry.crc) findings.push({ kind: "changed", file: name });
  }
  return findings;
}

async function checkSignature(
  manifest: Manifest,
  message: Uint8Array,
  files: readonly Source[],
  { crypto, keys }: CheckOptions,
): Promise<Signed> {
  const { fingerprint } = manifest.key;
  const source = files.find(({ name }) => name === signatureName);
  if (source === undefined) return { findings: [{ kind: "no-signature" }], notes: [] };
  const publicKey = fromBase64(manifest.key.publicKey);
  const hash = crypto.sha256();
  hash.update(publicKey);
  if (hash.hex().slice(0, 32) !== fingerprint) return { findings: [{ kind: "fingerprint" }], notes: [] };
  const good = await crypto.ed25519(publicKey, message, await source.read(0, Math.min(source.bytes, 65)));
  if (good === false) return { findings: [{ kind: "signature" }], notes: [] };
  const known = keys.map(plainKey);
  if (known.length > 0 && !known.includes(fingerprint))
    return { findings: [{ kind: "foreign-key", fingerprint }], notes: [] };
  const compared: Note = { kind: known.length === 0 ? "key-not-compared" : "key-known", fingerprint };
  return { findings: [], notes: good === undefined ? [{ kind: "cannot-sign" }] : [compared] };
}

function manifestIn(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    const isOurs =
      value?.format === "reed-evidence-1" &&
      Array.isArray(value.files) &&
      Array.isArray(value.segments) &&
      Array.isArray(value.receipts) &&
      typeof value.key?.publicKey === "string" &&
      typeof value.zip?.time === "number";
    return isOurs ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** All files of the manifest, and that there are no others. */
async function checkContents(files: readonly Source[], manifest: Manifest, options: CheckOptions) {
  const findings: Finding[] = [];
  const crcs = new Map<string, number>();
  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  for (const wanted of manifest.files) {
    const source = files.find(({ name }) => name === wanted.name);
    if (source === undefined) findings.push({ kind: "missing", file: wanted.name });
    else findings.push(...(await checkFile(source, wanted, manifest, options, crcs)));
    done += wanted.bytes;
    options.progress?.(done, total);
  }
  const names = new Set([...manifest.files.map(({ name }) => name), manifestName, signatureName]);
  const seen = new Set<string>();
  for (const { name } of files) {
    if (!names.has(name) || seen.has(name)) findings.push({ kind: "added", file: name });
    seen.add(name);
  }
  return { findings, crcs };
}

async function checkFile(
  source: Source,
  wanted: ManifestFile,
  manifest: Manifest,
  { crypto }: CheckOptions,
  crcs: Map<string, number>,
): Promise<readonly Finding[]> {
  const { name } = wanted;
  const hash = crypto.sha256();
  let crc = 0;
  await eachChunk(source, 0, source.bytes, (bytes) => {
    hash.update(bytes);
    crc = crc32(bytes, crc);
  });
  crcs.set(name, crc);
  const isSame = source.bytes === wanted.bytes && hash.hex() === wanted.sha256;
  const segment = manifest.segments.find(({ file }) => file === name);
  const where = segment === undefined ? [] : await checkChain(source, segment, crypto);
  if (isSame) return where;
  const receipts = name === "receipts.json" ? await changedReceipts(source, manifest, crypto) : [];
  const length: Finding[] =
    source.bytes === wanted.bytes ? [] : [{ kind: "length", file: name, bytes: source.bytes, signed: wanted.bytes }];
  return [{ kind: "changed", file: name }, ...length, ...receipts, ...where];
}

/** Which of the receipts is not the one that was signed; none where the text can't be read at all. */
async function changedReceipts(source: Source, manifest: Manifest, crypto: Crypto): Promise<readonly Finding[]> {
  const found = new Set<string>();
  try {
    const { receipts } = JSON.parse(textOf(await source.read(0, source.bytes))) as { receipts: readonly unknown[] };
    for (const receipt of receipts) {
      const hash = crypto.sha256();
      hash.update(new TextEncoder().encode(JSON.stringify(receipt)));
      found.add(hash.hex());
    }
  } catch {
    return [];
  }
  return manifest.receipts.flatMap(({ event, sha256 }) => (found.has(sha256) ? [] : [{ kind: "receipt", event }]));
}

async function frameOf(zip: Zip, manifest: Manifest, crcs: ReadonlyMap<string, number>): Promise<readonly Finding[]> {
  const own = zip.entries.filter(({ name }) => name === manifestName || name === signatureName);
  const wanted: Wanted[] = [
    ...manifest.files.map(({ name, bytes }) => ({ name, bytes, crc: crcs.get(name) ?? 0 })),
    ...own.map(({ name, bytes, crc }) => ({ name, bytes, crc })),
  ];
  const odd = await strangeByte(zip.source, wanted, manifest.zip);
  return odd === undefined ? [] : [{ kind: "frame", ...odd }];
}

function notesOf({ segments }: Manifest): Note[] {
  const parts = segments.filter(({ state }) => state === "part" || state === "open").length;
  const stubs = segments.flatMap((segment): Note[] => {
    if (segment.state === "deleted") return [{ kind: "deleted", segment }];
    return segment.state === "missing" ? [{ kind: "gone", segment }] : [];
  });
  return parts === 0 ? stubs : [{ kind: "part", count: parts }, ...stubs];
}
