import assert from "node:assert/strict";
import { test } from "node:test";
import { cameraMakes, streamUrls, variantsOf, type CameraAddress } from "./camera-makes.ts";

const urls = (camera: CameraAddress) => {
  const made = streamUrls(camera);
  assert.ok(made.ok, made.ok ? "" : made.error);
  return [made.value.main, made.value.sub];
};
const refusal = (camera: CameraAddress) => {
  const made = streamUrls(camera);
  assert.ok(!made.ok);
  return made.error;
};

test("each make's main and sub stream is found from the address alone", () => {
  const address = "192.0.2.10";
  assert.deepEqual(urls({ make: "amcrest", address }), [
    "rtsp://192.0.2.10/cam/realmonitor?channel=1&subtype=0",
    "rtsp://192.0.2.10/cam/realmonitor?channel=1&subtype=1",
  ]);
  assert.deepEqual(urls({ make: "hikvision", address }), [
    "rtsp://192.0.2.10/Streaming/Channels/101",
    "rtsp://192.0.2.10/Streaming/Channels/102",
  ]);
  assert.deepEqual(urls({ make: "reolink", address }), [
    "rtsp://192.0.2.10/Preview_01_main",
    "rtsp://192.0.2.10/Preview_01_sub",
  ]);
  assert.deepEqual(urls({ make: "axis", address }), [
    "rtsp://192.0.2.10/axis-media/media.amp?videocodec=h264&camera=1",
    "rtsp://192.0.2.10/axis-media/media.amp?videocodec=h264&resolution=640x360&camera=1",
  ]);
  assert.deepEqual(urls({ make: "tapo", address }), ["rtsp://192.0.2.10/stream1", "rtsp://192.0.2.10/stream2"]);
});

test("a camera of a recorder is named by its input, and older firmware has paths of its own", () => {
  const address = "nvr.local";
  assert.match(urls({ make: "amcrest", address, input: 12 })[0] ?? "", /channel=12&subtype=0$/);
  assert.match(urls({ make: "hikvision", address, input: 12 })[1] ?? "", /\/Channels\/1202$/);
  assert.match(urls({ make: "reolink", address, input: 3, variant: 1 })[0] ?? "", /\/h264Preview_03_main$/);
  assert.match(refusal({ make: "tapo", address, variant: 1 }), /1 known path/);
  for (const make of cameraMakes)
    for (let variant = 0; variant < variantsOf(make) && make !== "other"; variant++)
      assert.ok(urls({ make, address, variant, mainKey: "k" })[0]?.startsWith("rtsp://nvr.local"));
});

test("UniFi needs the stream's key, which may be pasted as the whole address that Protect shows", () => {
  const address = "192.0.2.1";
  const mainKey = "rtsps://192.0.2.1:7441/AbCd1234?enableSrtp";
  assert.deepEqual(urls({ make: "unifi", address, mainKey, subKey: " EfGh " }), [
    "rtsp://192.0.2.1:7447/AbCd1234",
    "rtsp://192.0.2.1:7447/EfGh",
  ]);
  assert.deepEqual(urls({ make: "unifi", address, mainKey: "AbCd" })[1], undefined);
  assert.match(refusal({ make: "unifi", address }), /key of the stream/);
});

test("an address is taken as people copy it: with a port, a scheme, a path, or in IPv6", () => {
  const main = (address: string) => urls({ make: "tapo", address })[0];
  assert.equal(main(" cam.local:8554 "), "rtsp://cam.local:8554/stream1");
  assert.equal(main("http://192.0.2.10/login.html"), "rtsp://192.0.2.10/stream1");
  assert.equal(main("rtsp://admin:secret@192.0.2.10:554/"), "rtsp://192.0.2.10:554/stream1");
  assert.equal(main("2001:db8::1"), "rtsp://[2001:db8::1]/stream1");
  assert.equal(main("[2001:db8::1]:8554"), "rtsp://[2001:db8::1]:8554/stream1");
  for (const address of ["", "two words", "192.0.2.10:99999", "a:b"]) refusal({ make: "tapo", address });
  assert.match(refusal({ make: "other", address: "192.0.2.10" }), /whole address/);
});
