/** Digest over HTTP as cameras do it (RFC 7616, MD5 with `qop`), with a nonce that stays. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
const realm = "Login to 4K1";
const nonce = "b7ab8b6c2d";

/** Headers of a 401. */
export const digestChallenge = {
  "WWW-Authenticate": `Digest realm="${realm}", qop="auth", nonce="${nonce}", opaque="0f"`,
};

/** Does the request carry this login? */
export function isDigest(
  { method = "", url = "", headers }: IncomingMessage,
  { username, password }: { readonly username: string; readonly password: string },
): boolean {
  const header = headers.authorization ?? "";
  const value = (name: string) => new RegExp(`\\b${name}="?([^",]+)`).exec(header)?.[1] ?? "";
  const user = md5(`${username}:${realm}:${password}`);
  const uri = md5(`${method}:${url}`);
  return value("response") === md5(`${user}:${nonce}:${value("nc")}:${value("cnonce")}:auth:${uri}`);
}
