/** Seals a text with a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM seals and binds what is readable. */
import { createCipheriv, createDecipheriv, scrypt } from "node:crypto";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { BackupFile } from "../../contract/backup.ts";

type Sealed = BackupFile["sealed"];

/** What guessing costs. 2^17 × 8 × 128 B = 128 MiB and about half a second. */
export const backupCost = { n: 2 ** 17, r: 8, p: 1 } as const;
/** A file from outside must not take the machine's memory: 256 MiB at most. */
const most = { n: 2 ** 18, r: 8, p: 4 } as const;
const keyBytes = 32;

export interface SealRequest {
  readonly text: string;
  readonly passphrase: string;
  /** Can be read by everybody and changed by nobody. */
  readonly readable: string;
  readonly cost: { readonly n: number; readonly r: number; readonly p: number };
  readonly random: (bytes: number) => Uint8Array;
}

export async function seal({ text, passphrase, readable, cost, random }: SealRequest): Promise<Sealed> {
  const salt = Buffer.from(random(16));
  const nonce = Buffer.from(random(12));
  const key = await keyOf(passphrase, salt, cost);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(readable));
  const data = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  const [saltText, nonceText, tag] = [salt, nonce, cipher.getAuthTag()].map((part) => part.toString("base64"));
  return {
    kdf: "scrypt",
    ...cost,
    salt: saltText ?? "",
    nonce: nonceText ?? "",
    tag: tag ?? "",
    data: data.toString("base64"),
  };
}

/** The text; or a sentence, also when anything of the file was changed. */
export async function unseal(sealed: Sealed, passphrase: string, readable: string): Promise<Result<string>> {
  const { n, r, p } = sealed;
  const allowed = n >= 2 && n <= most.n && Number.isInteger(Math.log2(n)) && r >= 1 && r <= most.r && p >= 1;
  if (!allowed || p > most.p) return err("The backup asks for more work than this Reed does to open one.");
  const [salt, nonce, tag, data] = [sealed.salt, sealed.nonce, sealed.tag, sealed.data].map((text) =>
    Buffer.from(text, "base64"),
  );
  if (salt === undefined || nonce?.length !== 12 || tag?.length !== 16 || data === undefined) return err(wrong);
  const key = await keyOf(passphrase, salt, { n, r, p });
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  decipher.setAAD(Buffer.from(readable)).setAuthTag(tag);
  try {
    return ok(decipher.update(data, undefined, "utf8") + decipher.final("utf8"));
  } catch (error) {
    // node's one way of saying that the tag does not fit
    if (error instanceof Error && /authenticate data/.test(error.message)) return err(wrong);
    throw error;
  }
}

const wrong = "The passphrase does not open this backup, or the file was changed. Nothing was restored.";

function keyOf(passphrase: string, salt: Buffer, { n, r, p }: SealRequest["cost"]): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    // the same passphrase typed on another keyboard is the same bytes
    scrypt(passphrase.normalize("NFC"), salt, keyBytes, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
