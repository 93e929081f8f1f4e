import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { startPtzCamera, type PtzCameraOptions } from "../../testkit/ptz-camera.ts";
import { dahuaPtz, presetsIn as dahuaPresets } from "./dahua.ts";
import type { PtzCamera } from "./driver.ts";
import { authorizationFor } from "../camera-http.ts";
import { onvifPtz, presetsIn as onvifPresets } from "./onvif.ts";

async function standing(t: TestContext, options: PtzCameraOptions = {}) {
  const camera = await startPtzCamera(options);
  t.after(() => camera[Symbol.asyncDispose]());
  const at: PtzCamera = { host: "127.0.0.1", port: camera.port, username: "admin", password: "open sesame", input: 1 };
  return { camera, at };
}

const patient = () => AbortSignal.timeout(20_000);
const why = (result: { readonly ok: boolean }) => ("error" in result ? String(result.error) : "ok");

for (const [name, driver, options] of [
  ["Amcrest and Dahua", dahuaPtz(), {}],
  ["ONVIF", onvifPtz(), {}],
  ["ONVIF with a login by HTTP", onvifPtz(), { challenges: true }],
] as const) {
  test(`${name}: a camera tells its presets by name and looks where it is sent`, async (t) => {
    const { camera, at } = await standing(t, options);
    const presets = await driver.presets(at, patient());
    assert.deepEqual(presets, {
      ok: true,
      value: [
        { preset: 1, name: "Home" },
        { preset: 7, name: "Gate & <yard>" },
      ],
    });
    assert.equal(why(await driver.goTo(at, 7, patient())), "ok");
    assert.deepEqual([camera.looked, camera.refused], [[7], 0]);
  });

  test(`${name}: a preset that the camera does not have fails with its words, and it stays where it is`, async (t) => {
    const { camera, at } = await standing(t, options);
    assert.match(why(await driver.goTo(at, 9, patient())), /no (such )?preset/);
    assert.deepEqual(camera.looked, []);
  });

  test(`${name}: a wrong password is told as such, tried once, and never said`, async (t) => {
    const { camera, at } = await standing(t, options);
    const said = why(await driver.goTo({ ...at, password: "guess-me" }, 1, patient()));
    assert.match(said, /refused the login/);
    assert.doesNotMatch(said, /guess-me/);
    assert.equal(camera.refused, 1);
  });

  test(`${name}: a camera that does not move says so`, async (t) => {
    const { at } = await standing(t, { ...options, fixed: true });
    assert.match(why(await driver.goTo(at, 1, patient())), /does not move|can't be moved/);
  });

  test(`${name}: a camera that hangs is given up when its time is over, and one that is away at once`, async (t) => {
    const { camera, at } = await standing(t, options);
    camera.hang = true;
    assert.match(why(await driver.goTo(at, 1, AbortSignal.timeout(50))), /did not answer in time/);
    await camera[Symbol.asyncDispose]();
    assert.match(why(await driver.goTo(at, 1, patient())), /was not reached/);
  });
}

test("Digest is answered as RFC 7616 §3.9.1 has it, and Basic only where there is nothing better", () => {
  const login = { username: "Mufasa", password: "Circle of Life" };
  const asked = { method: "GET", path: "/dir/index.html" } as const;
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  const answer = (...challenges: string[]) => authorizationFor(challenges, asked, login, cnonce) ?? "";
  assert.match(answer(challenge("MD5")), /response="8ca523f5e9506fed4657c9700eebdbec"/);
  assert.match(
    answer("Basic realm=x", challenge("SHA-256")),
    /response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"/,
  );
  assert.match(answer("Basic realm=x"), /^Basic /);
  assert.equal(answer("Negotiate"), "");
});

test("what a camera answers is believed as far as it makes sense", () => {
  assert.deepEqual(dahuaPresets("presets[0].Index=300\npresets[1].Name=Lost\nnonsense\npresets[2].Index=2\n"), [
    { preset: 2, name: "" },
  ]);
  assert.deepEqual(
    onvifPresets('<a:Preset token="x"><b:Name>Door</b:Name></a:Preset><Preset token="Preset12"></Preset><Preset>').map(
      ({ preset, name }) => [preset, name],
    ),
    [
      [1, "Door"],
      [12, ""],
    ],
  );
  assert.deepEqual(onvifPresets('<Preset token="1">'.repeat(10_000)), []);
});
