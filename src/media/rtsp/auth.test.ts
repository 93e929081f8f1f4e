import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { goCorpus } from "../../testkit/go-corpus.ts";
import { vectorPath, vectorTest } from "../../testkit/vectors.ts";
import { authorization, strongestChallenge, type Challenge } from "./auth.ts";
import { base64, latin1, utf8 } from "./text.ts";

const hash = (algorithm: "MD5" | "SHA-256", text: string): string =>
  createHash(algorithm === "MD5" ? "md5" : "sha256")
    .update(text)
    .digest("hex");

const mufasa = { username: "Mufasa", password: "Circle of Life" };
const digestBoth = ["SHA-256", "MD5"].map(
  (algorithm) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
    `nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
);

function challengeOf(...headers: readonly string[]): Challenge {
  const challenge = strongestChallenge(headers);
  assert.ok(challenge.ok);
  return challenge.value;
}

const rfc7616 = (challenge: Challenge): string =>
  authorization(
    challenge,
    mufasa,
    { method: "GET", url: "/dir/index.html", nonceCount: 1, cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ" },
    hash,
  );

test("the Digest examples of RFC 7616 §3.9.1 come out as printed, for MD5 and SHA-256", () => {
  const md5 = rfc7616(challengeOf(digestBoth[1] ?? ""));
  assert.match(md5, /response="8ca523f5e9506fed4657c9700eebdbec", algorithm=MD5, opaque="FQhe/);
  assert.match(md5, /qop=auth, nc=00000001, cnonce="f2\/wE/);
  const sha = rfc7616(challengeOf(digestBoth[0] ?? ""));
  assert.match(sha, /response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", algorithm=SHA-256/);
});

test("the Basic example of RFC 7617 comes out as printed, also beyond ASCII", () => {
  const request = { method: "DESCRIBE", url: "rtsp://cam/", nonceCount: 1, cnonce: "" };
  const basic = (username: string, password: string) =>
    authorization({ kind: "basic" }, { username, password }, request, hash);
  assert.equal(basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  assert.equal(basic("test", "123£"), "Basic dGVzdDoxMjPCow==");
});

test("without qop the old formula holds (RFC 2617 §3.2.2.1) and neither nc nor cnonce is sent", () => {
  const challenge = challengeOf('Digest realm="Surveillance Server", nonce="98481030"');
  const request = { method: "DESCRIBE", url: "rtsp://cam/1", nonceCount: 1, cnonce: "c" };
  const line = authorization(challenge, { username: "admin", password: "12345" }, request, hash);
  const a1 = hash("MD5", "admin:Surveillance Server:12345");
  const response = hash("MD5", `${a1}:98481030:${hash("MD5", "DESCRIBE:rtsp://cam/1")}`);
  assert.equal(
    line,
    `Digest username="admin", realm="Surveillance Server", nonce="98481030", uri="rtsp://cam/1", response="${response}"`,
  );
});

test("the session variant hashes nonce and cnonce into the secret (RFC 7616 §3.4.2)", () => {
  const challenge = challengeOf('Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"');
  const line = authorization(challenge, mufasa, { method: "PLAY", url: "u", nonceCount: 255, cnonce: "c" }, hash);
  const a1 = hash("MD5", `${hash("MD5", "Mufasa:r:Circle of Life")}:n:c`);
  assert.ok(line.includes(`response="${hash("MD5", `${a1}:n:000000ff:c:auth:${hash("MD5", "PLAY:u")}`)}"`));
});

test("of several ways to log in the strongest is taken, in whatever order and however many headers", () => {
  const offers = [
    ...digestBoth,
    'Basic realm="x"',
    "Negotiate abc=",
    'Digest realm="y", nonce="z", algorithm=SHA-512-256',
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(offers, { minLength: 1 }), fc.boolean(), (some, joined) => {
      const best = strongestChallenge(joined ? [some.join(", ")] : some);
      const expected = some.includes(offers[0] ?? "") ? "SHA-256" : some.includes(offers[1] ?? "") ? "MD5" : "basic";
      const known = some.some((offer) => offers.indexOf(offer) < 3);
      assert.equal(best.ok, known);
      if (best.ok) assert.equal(best.value.kind === "basic" ? "basic" : best.value.algorithm, expected);
    }),
    { numRuns: 100 },
  );
});

test("a challenge with missing parts or auth-int only is no way in, and says so", () => {
  for (const header of ["", "Digest", 'Digest realm="x"', 'Digest realm="x", nonce="y", qop="auth-int"', "Bearer"]) {
    const challenge = strongestChallenge([header]);
    assert.ok(!challenge.ok, header);
    assert.match(challenge.error, /asks for a password in a way/);
  }
});

test("quoted values may hold commas and escaped quotes, and are quoted again", () => {
  const challenge = challengeOf('Digest realm="a, b \\"c\\"" , nonce = "n=,1", stale=TRUE');
  assert.ok(challenge.kind === "digest");
  assert.deepEqual([challenge.realm, challenge.nonce, challenge.stale], ['a, b "c"', "n=,1", true]);
  assert.ok(rfc7616(challenge).includes('realm="a, b \\"c\\""'));
});

vectorTest("crash inputs of other header parsers end in a value", () => {
  let inputs = 0;
  for (const target of ["FuzzAuthenticateUnmarshal", "FuzzAuthorizationUnmarshal", "FuzzKeyValParse"])
    for (const { values } of goCorpus(vectorPath("gortsplib-fuzz/pkg/headers/testdata/fuzz", target))) {
      inputs += 1;
      const text = latin1(values[0]?.bytes ?? new Uint8Array(0));
      const challenge = strongestChallenge([text]);
      // What has no realm and nonce and is not Basic is an error.
      assert.equal(challenge.ok, /^basic\b(?!\s*=)/i.test(text), text);
    }
  for (const { values } of goCorpus(vectorPath("gortsplib-fuzz/pkg/auth/testdata/fuzz/FuzzVerify")))
    assert.ok(!strongestChallenge([latin1(values[0]?.bytes ?? new Uint8Array(0))]).ok);
  assert.equal(inputs, 16);
});

test("random challenges never throw, whatever a camera writes there", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (headers) => void strongestChallenge(headers)),
    { numRuns: 200 },
  );
});

test("Base64 and UTF-8 agree with Node's", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.uint8Array(), (text, bytes) => {
      assert.deepEqual(utf8(text), new Uint8Array(Buffer.from(text)));
      assert.equal(base64(bytes), Buffer.from(bytes).toString("base64"));
      assert.equal(latin1(bytes), Buffer.from(bytes).toString("latin1"));
    }),
    { numRuns: 100 },
  );
});
