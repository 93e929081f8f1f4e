import { z } from "zod";
import { mostEvidenceKeys, type EvidenceKey } from "../domain/evidence-key.ts";
import { wallTime } from "../kernel/time.ts";
import { list, wall } from "./common.ts";

const fingerprint = z.string().regex(/^[0-9a-f]{32}$/);
const publicKey = z.string().max(100);

/** As a backup has them. */
export const evidenceKeys = z
  .array(
    z
      .object({
        fingerprint,
        publicKey,
        privateKey: z.string().max(200),
        madeAt: z.number(),
        retiredAt: z.exactOptional(z.number()),
      })
      .transform(({ retiredAt, ...key }): EvidenceKey => ({
        ...key,
        madeAt: wallTime(key.madeAt),
        ...(retiredAt === undefined ? {} : { retiredAt: wallTime(retiredAt) }),
      })),
  )
  .max(mostEvidenceKeys);

const shownKey = z.object({
  fingerprint: z.string().describe("write it down elsewhere: a pack that names it was signed here"),
  publicKey: z.string().describe("Ed25519, raw, base64"),
  madeAt: wall,
  retiredAt: z.exactOptional(wall),
});

export const evidenceKeyList = z.object({
  signing: z.exactOptional(fingerprint).describe("absent while there is none"),
  keys: list(shownKey),
});
export type EvidenceKeyList = z.output<typeof evidenceKeyList>;

/** Without what nobody may see. */
export const shownEvidenceKey = ({ fingerprint, publicKey, madeAt, retiredAt }: EvidenceKey) => ({
  ...{ fingerprint, publicKey, madeAt },
  ...(retiredAt === undefined ? {} : { retiredAt }),
});

export const madeEvidenceKey = z.object({ fingerprint });
