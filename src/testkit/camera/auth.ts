import { createHash } from "node:crypto";

export type AuthScheme = "basic" | "digest-md5" | "digest-sha256";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export const cameraRealm = "Reed virtual camera";

/** The WWW-Authenticate header values of a refusal, in the order of `schemes` (RFC 7616 §3.3, RFC 7617 §2). */
export function challenges(schemes: readonly AuthScheme[], nonce: string): string[] {
  return schemes.map((scheme) => {
    switch (scheme) {
      case "basic":
        return `Basic realm="${cameraRealm}"`;
      case "digest-md5":
        return `Digest realm="${cameraRealm}", nonce="${nonce}"`;
      case "digest-sha256":
        return `Digest realm="${cameraRealm}", nonce="${nonce}", algorithm=SHA-256, qop="auth"`;
    }
  });
}

export interface Attempt {
  readonly header: string | undefined;
  readonly method: string;
  readonly nonce: string;
  readonly realm: string;
}

/** Whether an Authorization header proves the credentials by one of the schemes. */
export function authorized(schemes: readonly AuthScheme[], expected: Credentials, attempt: Attempt): boolean {
  const { header } = attempt;
  if (schemes.length === 0) return true;
  if (header === undefined) return false;
  if (/^basic /i.test(header)) {
    const sent = Buffer.from(header.slice(6).trim(), "base64").toString("utf8");
    return schemes.includes("basic") && sent === `${expected.username}:${expected.password}`;
  }
  return /^digest /i.test(header) && digestFits(schemes, expected, attempt, digestFields(header));
}

function digestFields(header: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const match of header.slice(7).matchAll(/([a-z]+)=(?:"([^"]*)"|([^\s,]+))/gi))
    fields.set((match[1] ?? "").toLowerCase(), match[2] ?? match[3] ?? "");
  return fields;
}

/** RFC 7616 §3.4.1; without qop as RFC 2069 had it. */
function digestFits(
  schemes: readonly AuthScheme[],
  expected: Credentials,
  attempt: Attempt,
  fields: ReadonlyMap<string, string>,
): boolean {
  const field = (name: string) => fields.get(name) ?? "";
  const sha256 = field("algorithm").toUpperCase() === "SHA-256";
  if (!schemes.includes(sha256 ? "digest-sha256" : "digest-md5")) return false;
  if (field("username") !== expected.username || field("nonce") !== attempt.nonce || field("realm") !== attempt.realm)
    return false;
  const hash = (text: string) =>
    createHash(sha256 ? "sha256" : "md5")
      .update(text)
      .digest("hex");
  const secret = hash(`${expected.username}:${attempt.realm}:${expected.password}`);
  const asked = hash(`${attempt.method}:${field("uri")}`);
  const qop = fields.get("qop");
  const wanted =
    qop === undefined
      ? hash(`${secret}:${attempt.nonce}:${asked}`)
      : hash(`${secret}:${attempt.nonce}:${field("nc")}:${field("cnonce")}:${qop}:${asked}`);
  return field("response") === wanted;
}
