import type { Duration } from "../../kernel/time.ts";

/** What a camera settled on in its answer to SETUP (RFC 2326 §12.39). */
export interface TransportAnswer {
  readonly tcp: boolean;
  /** Channel numbers of RTP and RTCP, when it says them. */
  readonly interleaved: readonly [rtp: number, rtcp: number] | undefined;
  readonly ssrc: number | undefined;
}

/** Reads the first transport of the header; spaces around names and values are let pass (seen at `ssrc= d6d6627`). */
export function parseTransport(value: string): TransportAnswer {
  const [spec = "", ...parameters] = (value.split(",", 1)[0] ?? "").split(";").map((part) => part.trim());
  let interleaved: readonly [number, number] | undefined;
  let ssrc: number | undefined;
  for (const parameter of parameters) {
    const [name = "", text = ""] = parameter.split("=", 2).map((part) => part.trim());
    const channels = /^(\d{1,3})(?:\s*-\s*(\d{1,3}))?$/.exec(text);
    if (name.toLowerCase() === "interleaved" && channels !== null) {
      const rtp = Number(channels[1]);
      const rtcp = channels[2] === undefined ? rtp + 1 : Number(channels[2]);
      if (rtp <= 255 && rtcp <= 255 && rtp !== rtcp) interleaved = [rtp, rtcp];
    }
    if (name.toLowerCase() === "ssrc" && /^[0-9a-f]{1,8}$/i.test(text)) ssrc = parseInt(text, 16);
  }
  return { tcp: /\/TCP$/i.test(spec) || interleaved !== undefined, interleaved, ssrc };
}

export interface SessionHeader {
  readonly id: string;
  /** How long the camera keeps a silent session, ms (RFC 2326 §12.37: 60 s when it does not say). */
  readonly timeout: Duration;
}

/** Undefined for a header without an id. */
export function parseSession(value: string): SessionHeader | undefined {
  const [id = "", ...parameters] = value.split(";").map((part) => part.trim());
  if (id === "") return undefined;
  const seconds = parameters
    .map((text) => /^timeout\s*=\s*"?(\d{1,6})"?$/i.exec(text)?.[1])
    .find((text) => text !== undefined);
  const timeout = seconds === undefined || Number(seconds) === 0 ? 60_000 : Number(seconds) * 1000;
  return { id, timeout };
}

/** The methods of a Public (or Allow) header, in upper case. */
export const parseMethods = (value: string): ReadonlySet<string> =>
  new Set(
    value
      .split(/[,\s]+/)
      .filter((name) => name !== "")
      .map((name) => name.toUpperCase()),
  );
