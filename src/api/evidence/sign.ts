import { createPrivateKey, sign } from "node:crypto";
import { signingKey, type EvidenceKey } from "../../domain/evidence-key.ts";
import { readSite } from "../site/site-row.ts";
import type { ApiDeps } from "../ports.ts";

/** The key that signs now, with its private half in plain. Rejects with a sentence when there is none. */
export async function evidenceKeyOf(deps: Pick<ApiDeps, "reads" | "sealer">): Promise<EvidenceKey> {
  const { evidenceKeys } = await readSite(deps);
  const key = signingKey(evidenceKeys);
  if (key === undefined) throw new Error("There is no key for evidence yet. Start Reed again, or make one.");
  return key;
}

/** Ed25519 over the bytes as they are (`openssl pkeyutl -verify -rawin` checks it too): 64 bytes. */
export const signBytes = (key: EvidenceKey, bytes: Uint8Array): Uint8Array =>
  sign(null, bytes, createPrivateKey({ key: Buffer.from(key.privateKey, "base64"), format: "der", type: "pkcs8" }));
