/** The keys that evidence packs of this site are signed with, and were signed with before. */
import type { WallTime } from "../kernel/time.ts";

/** Ed25519 (RFC 8032). One of them signs: the one that is not retired. */
export interface EvidenceKey {
  /** First 32 hex digits of the SHA-256 of the raw public key. */
  readonly fingerprint: string;
  /** Raw, 32 bytes, base64. */
  readonly publicKey: string;
  /** PKCS #8 (DER), base64; empty once it is retired. */
  readonly privateKey: string;
  readonly madeAt: WallTime;
  readonly retiredAt?: WallTime;
}

/** More are never kept: the oldest that are retired go. */
export const mostEvidenceKeys = 100;

/** The one that signs; undefined before the first start made it. */
export const signingKey = (keys: readonly EvidenceKey[] | undefined): EvidenceKey | undefined =>
  keys?.find(({ privateKey, retiredAt }) => privateKey !== "" && retiredAt === undefined);

/** `made` signs from now on; those before stay known by their public halves and can't sign any more. */
export const rotated = (
  keys: readonly EvidenceKey[] | undefined,
  made: EvidenceKey,
  at: WallTime,
): readonly EvidenceKey[] =>
  [made, ...(keys ?? []).map((key) => ({ ...key, privateKey: "", retiredAt: key.retiredAt ?? at }))].slice(
    0,
    mostEvidenceKeys,
  );

/**
 * What a restored backup makes of them: its key signs (a recorder that took over a site goes on as that site), and no
 * public key that was known here is forgotten.
 */
export function restoredKeys(
  now: readonly EvidenceKey[] | undefined,
  backup: readonly EvidenceKey[] | undefined,
  at: WallTime,
): readonly EvidenceKey[] | undefined {
  if (now === undefined || backup === undefined) return backup ?? now;
  const known = new Set(backup.map(({ fingerprint }) => fingerprint));
  const signs = signingKey(backup) !== undefined;
  const others = now.filter(({ fingerprint }) => !known.has(fingerprint));
  const kept = signs ? others.map((key) => ({ ...key, privateKey: "", retiredAt: key.retiredAt ?? at })) : others;
  // what was retired here stays retired, whatever an older backup says
  const back = backup.map((key) => {
    const retiredAt = now.find(({ fingerprint }) => fingerprint === key.fingerprint)?.retiredAt;
    return retiredAt === undefined ? key : { ...key, privateKey: "", retiredAt };
  });
  if (signingKey(back) !== undefined) return [...back, ...kept].slice(0, mostEvidenceKeys);
  return [...others, ...back].slice(0, mostEvidenceKeys);
}
