import { after, type Duration, type Instant } from "../../kernel/time.ts";
import { authorization, strongestChallenge, type Challenge, type Credentials, type HashText } from "./auth.ts";
import { missingPassword, refusedPassword, failure, type RtspFailure } from "./failure.ts";
import { header, formatRequest, sequenceOf, type RtspResponse } from "./message.ts";
import { parseSession, type SessionHeader } from "./headers.ts";

/** What a session is told at its start. */
export interface RtspConfig {
  /** Without credentials. */
  readonly url: string;
  readonly credentials: Credentials | undefined;
  /** Off: audio tracks are not even set up. */
  readonly audio: boolean;
  readonly hash: HashText;
  /** Random text of this session, for Digest. */
  readonly cnonce: string;
  /** How long the camera may take for an answer, ms. */
  readonly answerWithin: Duration;
}

/** What is known of the camera at the other end. */
export interface Link {
  readonly cseq: number;
  readonly login: Login | undefined;
  readonly session: SessionHeader | undefined;
  readonly methods: ReadonlySet<string>;
}

interface Login {
  readonly challenge: Challenge;
  /** How often the nonce was used. */
  readonly uses: number;
  /** The camera has let us in with it once. */
  readonly accepted: boolean;
}

export const newLink: Link = { cseq: 0, login: undefined, session: undefined, methods: new Set() };

export interface Wanted {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** A request that waits for its answer. */
export interface Asked {
  readonly wanted: Wanted;
  readonly cseq: number;
  readonly authorized: boolean;
  /** A stale nonce is renewed once a request. */
  readonly renewed: boolean;
  readonly deadline: Instant;
}

export interface Asking {
  readonly link: Link;
  readonly asked: Asked;
  readonly text: string;
}

/** Writes a request with everything that goes into each: CSeq, login, session. */
export function ask(config: RtspConfig, link: Link, wanted: Wanted, now: Instant, renewed = false): Asking {
  const cseq = link.cseq + 1;
  const headers: (readonly [string, string])[] = [["CSeq", String(cseq)]];
  const { login } = link;
  const uses = (login?.uses ?? 0) + 1;
  if (login !== undefined && config.credentials !== undefined) {
    const request = { method: wanted.method, url: wanted.url, nonceCount: uses, cnonce: config.cnonce };
    headers.push(["Authorization", authorization(login.challenge, config.credentials, request, config.hash)]);
  }
  if (link.session !== undefined) headers.push(["Session", link.session.id]);
  headers.push(["User-Agent", "Reed"], ...wanted.headers);
  return {
    link: { ...link, cseq, login: login === undefined ? undefined : { ...login, uses } },
    asked: { wanted, cseq, authorized: login !== undefined, renewed, deadline: after(now, config.answerWithin) },
    text: formatRequest({ method: wanted.method, url: wanted.url, headers }),
  };
}

/** Is this the answer to what was asked? Cameras that leave out CSeq are believed. */
export const answers = (asked: Asked, response: RtspResponse): boolean => {
  const cseq = sequenceOf(response);
  return response.status >= 200 && (cseq === undefined || cseq === asked.cseq);
};

/**
 * After a 401: the request again with the strongest offered login, or why not. Refused credentials are never sent a
 * second time (cameras lock callers out); a nonce that ran out is renewed once.
 */
export function askAgain(
  config: RtspConfig,
  link: Link,
  asked: Asked,
  response: RtspResponse,
  now: Instant,
): { readonly again: Asking } | { readonly refused: RtspFailure } {
  if (config.credentials === undefined) return { refused: missingPassword };
  const challenge = strongestChallenge(response.headers.get("www-authenticate") ?? []);
  if (!challenge.ok) return { refused: asked.authorized ? refusedPassword : failure("unauthorized", challenge.error) };
  if (asked.authorized) {
    const stale = challenge.value.kind === "digest" && (challenge.value.stale || link.login?.accepted === true);
    const fresh = challenge.value.kind === "digest" && challenge.value.nonce !== nonceOf(link);
    if (asked.renewed || !stale || !fresh) return { refused: refusedPassword };
  }
  const login = { challenge: challenge.value, uses: 0, accepted: link.login?.accepted ?? false };
  return { again: ask(config, { ...link, login }, asked.wanted, now, asked.authorized) };
}

const nonceOf = (link: Link): string | undefined =>
  link.login?.challenge.kind === "digest" ? link.login.challenge.nonce : undefined;

/** Notes that the camera let us in. */
export const acceptLogin = (link: Link): Link =>
  link.login === undefined ? link : { ...link, login: { ...link.login, accepted: true } };

/** Takes the session of the first SETUP that names one; later differing ids are a camera's slip and left alone. */
export function noteSession(link: Link, response: RtspResponse): Link {
  const session = parseSession(header(response, "session") ?? "");
  return session === undefined || link.session !== undefined ? link : { ...link, session };
}
