import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { after, instant } from "../../kernel/time.ts";
import { utf8 } from "./text.ts";
import { createRtspReader } from "./reader.ts";
import { header, type RtspRequest, type RtspResponse } from "./message.ts";
import { beginRtspSession, nextRtspWake, stepRtspSession } from "./session.ts";
import type { RtspConfig, RtspEffect, RtspEvent, RtspSession } from "./session.ts";

const hash = (algorithm: "MD5" | "SHA-256", text: string): string =>
  createHash(algorithm === "MD5" ? "md5" : "sha256")
    .update(text)
    .digest("hex");

const plain: RtspConfig = {
  url: "rtsp://cam:554/live",
  credentials: undefined,
  audio: true,
  hash,
  cnonce: "c0",
  answerWithin: 10_000,
};
const withPassword: RtspConfig = { ...plain, credentials: { username: "admin", password: "geheim" } };

const sdp = [
  "v=0",
  "a=control:*",
  "m=video 0 RTP/AVP 96",
  "a=rtpmap:96 H264/90000",
  "a=control:track1",
  "m=audio 0 RTP/AVP 8",
  "a=control:track2",
  "",
].join("\r\n");

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function response(cseq: string | undefined, reply: Reply): RtspResponse {
  const headers = new Map(Object.entries(reply.headers ?? {}).map(([name, value]) => [name, [value]]));
  if (cseq !== undefined) headers.set("cseq", [cseq]);
  return { kind: "response", status: reply.status ?? 200, reason: "", headers, body: utf8(reply.body ?? "") };
}

/** A camera on paper: answers each request by the script, and remembers what it was asked. */
function play(config: RtspConfig, script: (request: RtspRequest, count: number) => Reply | undefined) {
  let now = instant(0);
  const asked: RtspRequest[] = [];
  const facts: Exclude<RtspEffect, { kind: "send" }>[] = [];
  let state: RtspSession;
  const queue: RtspRequest[] = [];
  const take = (effects: readonly RtspEffect[]): void => {
    for (const effect of effects) {
      if (effect.kind !== "send") facts.push(effect);
      else {
        const reader = createRtspReader();
        reader.push(utf8(effect.text));
        const item = reader.pull();
        if (item?.kind === "request") queue.push(item);
      }
    }
  };
  const feed = (event: RtspEvent): void => {
    const stepped = stepRtspSession(config, state, event, now);
    state = stepped.state;
    take(stepped.effects);
  };
  const settle = (): void => {
    for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
      asked.push(request);
      const reply = script(request, asked.length);
      if (reply !== undefined) feed({ kind: "message", message: response(header(request, "cseq"), reply) });
    }
  };
  const begun = beginRtspSession(config, now);
  state = begun.state;
  take(begun.effects);
  settle();
  return {
    asked,
    facts,
    get methods() {
      return asked.map((request) => request.method).join(" ");
    },
    failure() {
      const failed = facts.find((fact) => fact.kind === "failed");
      return failed?.failure;
    },
    feed(event: RtspEvent) {
      feed(event);
      settle();
    },
    wakeUp() {
      const at = nextRtspWake(state);
      assert.ok(at !== undefined);
      now = at > now ? at : now;
      this.feed({ kind: "wake" });
      return now;
    },
    wait(ms: number) {
      now = after(now, ms);
    },
  };
}

const camera = (request: RtspRequest): Reply => {
  switch (request.method) {
    case "OPTIONS":
      return { headers: { public: "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER" } };
    case "DESCRIBE":
      return { headers: { "content-base": "rtsp://cam:554/live/" }, body: sdp };
    case "SETUP":
      return { headers: { session: " 42 ;timeout=30", transport: header(request, "transport") ?? "" } };
    default:
      return {};
  }
};

test("a session asks, describes, sets up picture and sound and plays the whole", () => {
  const session = play(plain, camera);
  assert.equal(session.methods, "OPTIONS DESCRIBE SETUP SETUP PLAY");
  const [, describe, video, audio, start] = session.asked;
  assert.equal(describe && header(describe, "accept"), "application/sdp");
  assert.deepEqual([video?.url, audio?.url], ["rtsp://cam:554/live/track1", "rtsp://cam:554/live/track2"]);
  assert.equal(video && header(video, "transport"), "RTP/AVP/TCP;unicast;interleaved=0-1");
  assert.deepEqual([start?.url, start && header(start, "session")], ["rtsp://cam:554/live/", "42"]);
  assert.deepEqual(
    session.facts.map((fact) => fact.kind),
    ["described", "track", "track", "playing"],
  );
});

test("with sound switched off the audio track is not even set up", () => {
  const session = play({ ...plain, audio: false }, camera);
  assert.equal(session.methods, "OPTIONS DESCRIBE SETUP PLAY");
});

test("a session is kept alive at half its timeout, by GET_PARAMETER where the camera knows it", () => {
  const session = play(plain, camera);
  assert.equal(session.wakeUp(), 15_000);
  assert.equal(session.asked.at(-1)?.method, "GET_PARAMETER");
  assert.equal(session.wakeUp(), 30_000);
  const other = play(plain, (request) => (request.method === "OPTIONS" ? {} : camera(request)));
  other.wakeUp();
  assert.equal(other.asked.at(-1)?.method, "OPTIONS");
});

test("a camera that claims GET_PARAMETER and refuses it is kept alive by OPTIONS", () => {
  const session = play(plain, (request) => (request.method === "GET_PARAMETER" ? { status: 501 } : camera(request)));
  session.wakeUp();
  session.wakeUp();
  assert.equal(session.asked.at(-1)?.method, "OPTIONS");
  assert.equal(session.failure(), undefined);
});

test("a keep-alive that is never answered does not end a stream that plays, a lost session does", () => {
  let silent = true;
  const session = play(plain, (request) => {
    if (request.method !== "GET_PARAMETER") return camera(request);
    return silent ? undefined : { status: 454 };
  });
  for (let i = 0; i < 4; i++) session.wakeUp();
  assert.equal(session.failure(), undefined);
  silent = false;
  session.wakeUp();
  assert.equal(session.failure()?.kind, "session-lost");
});

test("a keep-alive comes at half of the session's time, also when the last one was not answered", () => {
  for (const timeout of [1, 8]) {
    const session = play(plain, (request) => {
      if (request.method === "GET_PARAMETER") return undefined;
      if (request.method !== "SETUP") return camera(request);
      return { headers: { session: `42;timeout=${timeout}`, transport: header(request, "transport") ?? "" } };
    });
    const sent: number[] = [0];
    while (sent.length < 5) {
      const before = session.asked.length;
      const at = session.wakeUp();
      if (session.asked.length > before) sent.push(at);
    }
    const pauses = sent.slice(1).map((at, i) => at - (sent[i] ?? 0));
    assert.ok(Math.max(...pauses) <= timeout * 500, `pauses of ${pauses.join(", ")} ms`);
    assert.equal(session.failure(), undefined);
  }
});

/** Lets in only who answers the nonce in force. */
const guarded =
  (nonce: () => string, stale = false) =>
  (request: RtspRequest): Reply => {
    const given = header(request, "authorization");
    const a1 = hash("MD5", "admin:cam:geheim");
    const right = hash("MD5", `${a1}:${nonce()}:${hash("MD5", `${request.method}:${request.url}`)}`);
    if (given?.includes(`response="${right}"`) === true) return camera(request);
    const challenge = `Digest realm="cam", nonce="${nonce()}"${stale ? ", stale=true" : ""}`;
    return { status: 401, headers: { "www-authenticate": challenge } };
  };

test("a password is sent when asked for, and every request after it carries a login of its own", () => {
  const session = play(
    withPassword,
    guarded(() => "n1"),
  );
  assert.equal(session.methods, "OPTIONS OPTIONS DESCRIBE SETUP SETUP PLAY");
  assert.equal(session.facts.filter((fact) => fact.kind === "accepted").length, 1);
  assert.equal(session.facts.at(-1)?.kind, "playing");
});

test("a refused password is sent once and never again in the session", () => {
  const wrong = { ...withPassword, credentials: { username: "admin", password: "falsch" } };
  for (const rotate of [false, true]) {
    let count = 0;
    const session = play(
      wrong,
      guarded(() => (rotate ? `n${(count += 1)}` : "n")),
    );
    assert.equal(session.methods, "OPTIONS OPTIONS");
    assert.equal(session.failure()?.kind, "unauthorized");
    assert.match(session.failure()?.reason ?? "", /^Password refused, or no free connection/);
  }
});

test("a camera that always calls the nonce stale is given up after one renewal", () => {
  let count = 0;
  const session = play(withPassword, () => ({
    status: 401,
    headers: { "www-authenticate": `Digest realm="r", nonce="${(count += 1)}", stale=true` },
  }));
  assert.equal(session.methods, "OPTIONS OPTIONS OPTIONS");
  assert.equal(session.failure()?.kind, "unauthorized");
});

test("a nonce called stale that is not replaced is a refusal", () => {
  const session = play(withPassword, () => ({
    status: 401,
    headers: { "www-authenticate": 'Digest realm="r", nonce="same", stale=true' },
  }));
  assert.equal(session.methods, "OPTIONS OPTIONS");
  assert.equal(session.failure()?.kind, "unauthorized");
});

test("a nonce that runs out while playing is renewed, whether the camera says stale or not", () => {
  for (const stale of [true, false]) {
    let nonce = "n1";
    const session = play(
      withPassword,
      guarded(() => nonce, stale),
    );
    nonce = "n2";
    session.wakeUp();
    assert.deepEqual(
      session.asked.slice(-2).map((request) => header(request, "authorization")?.includes('nonce="n2"')),
      [false, true],
    );
    assert.equal(session.failure(), undefined);
  }
});

test("a camera that asks for a password when none is set gets no guess", () => {
  const session = play(
    plain,
    guarded(() => "n"),
  );
  assert.equal(session.methods, "OPTIONS");
  assert.equal(session.failure()?.kind, "unauthorized");
});

test("the channels that the camera answers are the ones that count", () => {
  const session = play(plain, (request) => {
    if (request.method !== "SETUP") return camera(request);
    const first = request.url.endsWith("track1");
    return {
      headers: {
        session: "1",
        transport: `RTP/AVP/TCP;unicast;interleaved=${first ? "4-5" : "6-7"};ssrc= d6d6627`,
      },
    };
  });
  const channels = session.facts.flatMap((fact) =>
    fact.kind === "track" ? [[fact.track.rtpChannel, fact.track.rtcpChannel]] : [],
  );
  assert.deepEqual(channels, [
    [4, 5],
    [6, 7],
  ]);
});

test("a camera that gives both tracks the same channels is taken at what was asked", () => {
  const session = play(plain, (request) =>
    request.method === "SETUP"
      ? { headers: { session: "1", transport: "RTP/AVP/TCP;interleaved=0-1" } }
      : camera(request),
  );
  assert.deepEqual(
    session.facts.flatMap((fact) => (fact.kind === "track" ? [fact.track.rtpChannel] : [])),
    [0, 2],
  );
});

test("sound that can't be set up is left out, the picture is recorded", () => {
  const session = play(plain, (request) => (request.url.endsWith("track2") ? { status: 500 } : camera(request)));
  assert.equal(session.methods, "OPTIONS DESCRIBE SETUP SETUP PLAY");
  assert.equal(session.facts.filter((fact) => fact.kind === "track").length, 1);
});

test("a redirect is followed by the shell, one without an address is an error", () => {
  const away = (headers: Record<string, string>) => (request: RtspRequest) =>
    request.method === "DESCRIBE" ? { status: 302, headers } : camera(request);
  const session = play(plain, away({ location: "rtsp://other/live" }));
  assert.deepEqual(session.facts, [{ kind: "redirect", url: "rtsp://other/live" }]);
  assert.equal(play(plain, away({})).failure()?.kind, "camera-error");
});

test("every refusal has a sentence of its own", () => {
  const reason = (method: string, reply: Reply) =>
    play(plain, (request) => (request.method === method ? reply : camera(request))).failure();
  assert.deepEqual(reason("DESCRIBE", { status: 404 })?.kind, "no-such-stream");
  assert.deepEqual(reason("SETUP", { status: 461 })?.kind, "transport-refused");
  assert.deepEqual(
    reason("SETUP", { headers: { session: "1", transport: "RTP/AVP;unicast;client_port=1-2" } })?.kind,
    "transport-refused",
  );
  assert.deepEqual(reason("PLAY", { status: 454 })?.kind, "session-lost");
  assert.deepEqual(reason("PLAY", { status: 460 })?.kind, "camera-error");
  assert.deepEqual(reason("SETUP", { status: 453 })?.kind, "no-connection-free");
  assert.deepEqual(reason("DESCRIBE", { body: "v=0" })?.kind, "no-video");
  assert.deepEqual(reason("DESCRIBE", { body: "garbage" })?.kind, "camera-error");
  const jpeg = reason("DESCRIBE", { body: "v=0\r\nm=video 0 RTP/AVP 26" });
  assert.deepEqual(jpeg, {
    kind: "codec-unsupported",
    reason: "The camera sends its video as JPEG; Reed records H.264 and H.265.",
  });
});

test("a camera that does not answer is given up after the deadline, with what it was asked", () => {
  const session = play(plain, (request) => (request.method === "DESCRIBE" ? undefined : camera(request)));
  assert.equal(session.wakeUp(), 10_000);
  assert.equal(session.failure()?.reason, "The camera did not answer DESCRIBE within 10 s.");
});

test("answers to other requests are passed over, answers without a number are believed", () => {
  const session = play(plain, (request) => (request.method === "DESCRIBE" ? undefined : camera(request)));
  session.feed({ kind: "message", message: response("99", { status: 404 }) });
  session.feed({ kind: "message", message: response(undefined, { status: 100 }) });
  assert.equal(session.failure(), undefined);
  session.feed({ kind: "message", message: response(undefined, { body: sdp }) });
  assert.equal(session.facts.at(-1)?.kind, "playing");
});

test("requests of the camera are answered; its TEARDOWN ends the session", () => {
  const session = play(plain, camera);
  const request = (method: string): RtspEvent => ({
    kind: "message",
    message: { kind: "request", method, url: "*", headers: new Map([["cseq", ["7"]]]), body: utf8("") },
  });
  session.feed(request("OPTIONS"));
  assert.equal(session.failure(), undefined);
  session.feed(request("TEARDOWN"));
  assert.equal(session.failure()?.kind, "closed");
});

test("a stop tears down what was set up, and says nothing where nothing was", () => {
  const session = play(plain, camera);
  session.feed({ kind: "stop" });
  assert.deepEqual([session.asked.at(-1)?.method, session.asked.at(-1)?.url], ["TEARDOWN", "rtsp://cam:554/live/"]);
  const early = play(plain, () => undefined);
  early.feed({ kind: "stop" });
  assert.equal(early.methods, "OPTIONS");
});

test("the password stands in no request", () => {
  const session = play(
    withPassword,
    guarded(() => "n"),
  );
  assert.ok(session.asked.every((request) => !JSON.stringify([request.url, ...request.headers]).includes("geheim")));
});
