import { createHash, generateKeyPairSync } from "node:crypto";
import { rotated, signingKey, type EvidenceKey } from "../domain/evidence-key.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { WallTime } from "../kernel/time.ts";
import type { ConfigChange } from "../messages/api.ts";

/** A new Ed25519 key. The last 32 bytes of the SPKI (RFC 8410 §4) are the raw public one. */
export function newEvidenceKey(at: WallTime): EvidenceKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  return {
    fingerprint: createHash("sha256").update(raw).digest("hex").slice(0, 32),
    publicKey: raw.toString("base64"),
    privateKey: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
    madeAt: at,
  };
}

/** The site's row with a new key that signs from now on. */
export function withNewKey({ site }: SiteConfig, made: EvidenceKey): ConfigChange {
  return { part: "site", value: { ...site, evidenceKeys: rotated(site.evidenceKeys, made, made.madeAt) } };
}

/** Makes the first one. A site that has one keeps it. */
export function ensureEvidenceKey(config: SiteConfig, put: (change: ConfigChange) => unknown, at: WallTime): void {
  if (signingKey(config.site.evidenceKeys) === undefined) put(withNewKey(config, newEvidenceKey(at)));
}
