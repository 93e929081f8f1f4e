/**
 * Checks evidence packs. Nothing here imports anything of Reed: who does not trust the recorder reads this folder and
 * docs/design/evidence.md. The same code runs as `reed verify` and, offline, in the page inside each pack.
 */

/** Something that is read in pieces: a ZIP, or one file of an unpacked folder. */
export interface Source {
  readonly name: string;
  readonly bytes: number;
  /** Exactly the bytes `[start, end)`. */
  read(start: number, end: number): Promise<Uint8Array>;
}

export interface Hash {
  update(bytes: Uint8Array): void;
  hex(): string;
}

export interface Crypto {
  sha256(): Hash;
  /** RFC 8032, raw 32-byte key. Undefined when this machine or browser can't tell. */
  ed25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean | undefined>;
}

export interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A segment of the recorder, or what its journal says of one that is not there any more. */
export interface ManifestSegment {
  readonly id: string;
  readonly channel: number;
  readonly stream: string;
  /** ms since 1970 UTC. */
  readonly startWall: number;
  readonly endWall?: number;
  readonly state: "whole" | "part" | "open" | "deleted" | "missing";
  /** The file in the pack, of one that is there. */
  readonly file?: string;
  /** Number of the first fragment in the file (0: the segment's first), and how many there are. */
  readonly first?: number;
  readonly count?: number;
  /** The chain before the first fragment in the file, hex. */
  readonly before?: string;
  /** As the journal closed it: fragments in all, and the chain's end, hex. */
  readonly of?: number;
  readonly head?: string;
  /** Of a deleted one. */
  readonly reason?: string;
  readonly deletedAt?: number;
}

export interface Manifest {
  readonly format: "reed-evidence-1";
  readonly id: string;
  readonly site: string;
  readonly timeZone: string;
  readonly language: "en" | "de";
  readonly at: number;
  readonly by: string;
  readonly reason: string;
  readonly recipient: string;
  readonly reed: string;
  readonly from: number;
  readonly to: number;
  /** Who signed: the fingerprint is the first 32 hex digits of the SHA-256 of the raw public key (base64). */
  readonly key: { readonly fingerprint: string; readonly publicKey: string };
  /** What stands as time in the ZIP's own headers: MS-DOS time and date, and Unix seconds. */
  readonly zip: { readonly time: number; readonly date: number; readonly seconds: number };
  /** In their order in the ZIP; `manifest.json` and `manifest.sig` follow them. */
  readonly files: readonly ManifestFile[];
  /** SHA-256 of each receipt in `receipts.json`, as JSON without spaces. */
  readonly receipts: readonly { readonly event: string; readonly sha256: string }[];
  readonly segments: readonly ManifestSegment[];
}

/** What is wrong. Any one of them makes the pack worthless as a whole until it is explained. */
export type Finding =
  | { readonly kind: "no-pack"; readonly why: "zip" | "manifest" | "format" }
  | { readonly kind: "no-signature" }
  | { readonly kind: "signature" }
  | { readonly kind: "foreign-key"; readonly fingerprint: string }
  | { readonly kind: "fingerprint" }
  | { readonly kind: "missing"; readonly file: string }
  | { readonly kind: "added"; readonly file: string }
  | { readonly kind: "length"; readonly file: string; readonly bytes: number; readonly signed: number }
  | { readonly kind: "changed"; readonly file: string }
  | { readonly kind: "receipt"; readonly event: string }
  | {
      readonly kind: "fragment";
      readonly file: string;
      readonly from: number;
      readonly to: number;
      readonly wall?: number;
    }
  | { readonly kind: "segment"; readonly file: string }
  | { readonly kind: "head"; readonly file: string }
  | { readonly kind: "frame"; readonly at: number; readonly file: string };

/** What is no fault, and must be known. */
export type Note =
  | { readonly kind: "key-not-compared"; readonly fingerprint: string }
  | { readonly kind: "key-known"; readonly fingerprint: string }
  | { readonly kind: "cannot-sign" }
  | { readonly kind: "unpacked" }
  | { readonly kind: "deleted"; readonly segment: ManifestSegment }
  | { readonly kind: "gone"; readonly segment: ManifestSegment }
  | { readonly kind: "part"; readonly count: number };

export interface Verdict {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** Undefined when there is none that could be read. */
  readonly manifest?: Manifest;
  readonly bytes: number;
}
