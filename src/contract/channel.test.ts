import assert from "node:assert/strict";
import { test } from "node:test";
import { channelBody, channelBodyOf, channelRow } from "./channel.ts";

const rowOf = (body: object) => channelRow(channelBody.parse(body), 1);

test("user and password leave the address of a camera, whose odd path stays as it was written", () => {
  const odd = rowOf({ url: "rtsp://ad%40min:p%25:x@[2001:db8::5]:554/cam/realmonitor?channel=1&subtype=0#a@b" });
  assert.equal(odd.mainUrl, "rtsp://[2001:db8::5]:554/cam/realmonitor?channel=1&subtype=0#a@b");
  assert.deepEqual([odd.username, odd.password], ["ad@min", "p%:x"]);
  assert.equal(rowOf({ url: "rtsp://192.0.2.1/a@b" }).mainUrl, "rtsp://192.0.2.1/a@b");
  assert.equal(rowOf({ url: "rtsp://u:100%@192.0.2.1/" }).password, "100%");
});

test("what is named beside the address wins over what stands in it", () => {
  const row = rowOf({ url: "rtsp://u:p@192.0.2.1/", username: "viewer", password: "" });
  assert.deepEqual([row.username, row.password], ["viewer", ""]);
});

test("a row said as a body makes the same row again", () => {
  const row = rowOf({ name: "Door", url: "rtsp://u:p@192.0.2.1/x", subUrl: "rtsp://192.0.2.1/y", audio: true });
  assert.deepEqual(rowOf(channelBodyOf(row)), row);
});
