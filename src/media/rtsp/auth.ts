import { err, ok, type Result } from "../../kernel/result.ts";
import { base64, utf8 } from "./text.ts";

/** Hex digest of a text's UTF-8 bytes; the shell brings it. */
export type HashText = (algorithm: "MD5" | "SHA-256", text: string) => string;

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** One way of logging in that a camera offers (RFC 7617, RFC 7616 §3.3). */
export type Challenge =
  | { readonly kind: "basic" }
  | {
      readonly kind: "digest";
      readonly algorithm: "MD5" | "SHA-256";
      /** `MD5-sess`, `SHA-256-sess`. */
      readonly session: boolean;
      /** As the camera wrote it; undefined when it named none (then MD5 is meant, and none is said back). */
      readonly algorithmText: string | undefined;
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | undefined;
      readonly qop: "auth" | undefined;
      readonly stale: boolean;
    };

type Parameters = ReadonlyMap<string, string>;
interface RawChallenge {
  readonly scheme: string;
  readonly parameters: Parameters;
}

const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const quoted = /"((?:[^"\\]|\\.)*)"?/y;
const plainValue = /[^,\s"]*/y;
const filler = /[\s,]*/y;

/** One step of reading: what the sticky pattern finds at `at`. */
function take(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** Cuts `Digest a="b", c=d, Basic realm="x"` into challenges; unreadable characters are passed over. */
function splitChallenges(text: string): readonly RawChallenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  while (at < text.length) {
    at += take(filler, text, at)?.[0].length ?? 0;
    const name = take(token, text, at)?.[0];
    if (name === undefined) {
      at += 1;
      continue;
    }
    at += name.length;
    const equals = take(/\s*=\s*/y, text, at)?.[0];
    if (equals === undefined) {
      found.push({ scheme: name.toLowerCase(), parameters: new Map() });
      continue;
    }
    at += equals.length;
    const string = take(quoted, text, at);
    const value =
      string === undefined ? (take(plainValue, text, at)?.[0] ?? "") : (string[1] ?? "").replace(/\\(.)/g, "$1");
    at += string?.[0].length ?? value.length;
    found.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return found;
}

function digestOf(parameters: Parameters): Challenge | undefined {
  const realm = parameters.get("realm");
  const nonce = parameters.get("nonce");
  const algorithmText = parameters.get("algorithm");
  const match = /^(MD5|SHA-256)(-sess)?$/i.exec(algorithmText ?? "MD5");
  const offered = parameters.get("qop");
  const qops = (offered ?? "").split(",").map((text) => text.trim().toLowerCase());
  if (realm === undefined || nonce === undefined || match === null) return undefined;
  if (offered !== undefined && offered.trim() !== "" && !qops.includes("auth")) return undefined; // auth-int only
  return {
    kind: "digest",
    algorithm: match[1]?.toUpperCase() === "SHA-256" ? "SHA-256" : "MD5",
    session: match[2] !== undefined,
    algorithmText,
    realm,
    nonce,
    opaque: parameters.get("opaque"),
    qop: qops.includes("auth") ? "auth" : undefined,
    stale: parameters.get("stale")?.toLowerCase() === "true",
  };
}

const strength = (challenge: Challenge): number =>
  challenge.kind === "basic" ? 0 : challenge.algorithm === "MD5" ? 1 : 2;

/** The strongest way that Reed knows among the WWW-Authenticate headers of a 401; the error is a sentence. */
export function strongestChallenge(headers: readonly string[]): Result<Challenge> {
  const raw = headers.flatMap(splitChallenges);
  const known = raw.flatMap((candidate): readonly Challenge[] => {
    if (candidate.scheme === "basic") return [{ kind: "basic" }];
    const digest = candidate.scheme === "digest" ? digestOf(candidate.parameters) : undefined;
    return digest === undefined ? [] : [digest];
  });
  const [best] = known.toSorted((a, b) => strength(b) - strength(a));
  if (best !== undefined) return ok(best);
  return err("The camera asks for a password in a way that Reed does not know (it knows Digest and Basic).");
}

export interface AuthorizedRequest {
  readonly method: string;
  readonly url: string;
  /** How often this nonce has been used, from 1. */
  readonly nonceCount: number;
  /** Fresh random text of ours. */
  readonly cnonce: string;
}

const quote = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** The Authorization header for one request (RFC 7616 §3.4, RFC 7617 §2). */
export function authorization(
  challenge: Challenge,
  credentials: Credentials,
  request: AuthorizedRequest,
  hash: HashText,
): string {
  const { username, password } = credentials;
  if (challenge.kind === "basic") return `Basic ${base64(utf8(`${username}:${password}`))}`;
  const { realm, nonce, qop, opaque, algorithm, algorithmText } = challenge;
  const count = request.nonceCount.toString(16).padStart(8, "0");
  const h = (text: string) => hash(algorithm, text).toLowerCase();
  const secret = h(`${username}:${realm}:${password}`);
  const a1 = challenge.session ? h(`${secret}:${nonce}:${request.cnonce}`) : secret;
  const a2 = h(`${request.method}:${request.url}`);
  const response = h(
    qop === undefined ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${count}:${request.cnonce}:${qop}:${a2}`,
  );
  const parts = [
    `username=${quote(username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(request.url)}`,
    `response="${response}"`,
  ];
  if (algorithmText !== undefined) parts.push(`algorithm=${algorithmText}`);
  if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
  if (qop !== undefined) parts.push(`qop=${qop}`, `nc=${count}`);
  if (qop !== undefined || challenge.session) parts.push(`cnonce=${quote(request.cnonce)}`);
  return `Digest ${parts.join(", ")}`;
}
