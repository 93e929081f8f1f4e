import assert from "node:assert/strict";
import { test } from "node:test";
import type { NutSettings } from "../../domain/driver-settings.ts";
import { systemClock } from "../../platform/clock.ts";
import { isOnline, levelsOf, linksOf, recorder, type Heard } from "../conformance-recorder.ts";
import { startNutDriver } from "./driver.ts";
import { readAnswer, upsLevels } from "./protocol.ts";
import { nutServer, type NutServer } from "./test-server.ts";

const settings = (server: NutServer, more: Partial<NutSettings> = {}): NutSettings => ({
  ...{ kind: "nut", host: "127.0.0.1", port: server.port, ups: "ups", username: "", password: "" },
  ...{ pollS: 2, whenLow: "stop" },
  ...more,
});

function start(server: NutServer, more: Partial<NutSettings> = {}) {
  const heard = recorder();
  const driver = startNutDriver(
    settings(server, more),
    { clock: systemClock(), events: heard.events, log: () => undefined },
    20,
  );
  return { heard, [Symbol.asyncDispose]: () => driver[Symbol.asyncDispose]() };
}

const last = (heard: readonly Heard[], point: number) =>
  levelsOf(heard).findLast((report) => report.point === point)?.level;
const lastLink = (heard: readonly Heard[]) => linksOf(heard).at(-1);

test("on line, on battery, low, replace: what the words of a status mean", () => {
  const points = (status: string) => [...upsLevels(status.split(" ")).values()].map((level) => level === "closed");
  assert.deepEqual(points("OL CHRG"), [false, false, false]);
  assert.deepEqual(points("OB DISCHRG"), [true, false, false]);
  assert.deepEqual(points("OB LB RB"), [true, true, true]);
  assert.deepEqual(points("OL LB CHRG"), [false, false, false], "an empty battery that charges harms nobody");
  assert.deepEqual(points("FSD OL"), [false, true, false], "the UPS is about to go off");
});

test("whatever is no answer of the protocol is an error, never a throw", () => {
  assert.equal(readAnswer("HTTP/1.1 400 Bad Request").kind, "error");
  assert.equal(readAnswer('VAR ups ups.status "').kind, "error");
  assert.equal(readAnswer("ERR DATA-STALE").kind, "stale");
  assert.equal(readAnswer("").kind, "error");
});

test("mains lost, battery low and back are told as they come; the first look is a state", async () => {
  await using server = await nutServer();
  await using on = start(server);
  await on.heard.until("online", (heard) => isOnline(heard) && last(heard, 1) === "open");
  assert.equal(levelsOf(on.heard.heard)[0]?.how, "state");
  for (const [status, battery, low] of [
    ["OB DISCHRG", "closed", "open"],
    ["OB LB", "closed", "closed"],
    ["OL CHRG", "open", "open"],
  ] as const) {
    server.status = status;
    await on.heard.until(status, (heard) => last(heard, 1) === battery && last(heard, 2) === low);
  }
  assert.equal(levelsOf(on.heard.heard).at(-1)?.how, "change");
});

test("a UPS whose cable was pulled is at fault with a reason, and its battery is not taken for full", async () => {
  await using server = await nutServer();
  server.status = "OB";
  await using on = start(server);
  await on.heard.until("on battery", (heard) => last(heard, 1) === "closed");
  server.status = "DATA-STALE";
  await on.heard.until("fault", (heard) => last(heard, 1) === "fault");
  assert.match(levelsOf(on.heard.heard).at(-1)?.reason ?? "", /cable/);
});

test("a server that goes away is lost with a reason, and found again", async () => {
  await using server = await nutServer();
  await using on = start(server);
  await on.heard.until("online", isOnline);
  server.cut();
  await on.heard.until("lost", (heard) => lastLink(heard)?.kind === "lost");
  await on.heard.until("online again", (heard) => lastLink(heard)?.kind === "online");
});

test("a login is sent where there is one; a refused one is called so", async () => {
  await using server = await nutServer();
  server.login = { username: "reed", password: "hush" };
  await using on = start(server, { username: "reed", password: "hush" });
  await on.heard.until("online", isOnline);
  assert.deepEqual(server.heard.slice(0, 3), ['USERNAME "reed"', "PASSWORD ***", 'LOGIN "ups"']);
  await using refused = start(server, { username: "reed", password: "wrong" });
  await refused.heard.until("refused", (heard) => lastLink(heard)?.kind === "unauthorized");
});

test("a name that the server does not know is said", async () => {
  await using server = await nutServer();
  await using on = start(server, { ups: "cellar" });
  await on.heard.until("lost", (heard) => lastLink(heard)?.kind === "lost");
  const link = lastLink(on.heard.heard);
  assert.ok(link?.kind === "lost" && link.reason.includes("no UPS of this name"));
});

test("it stops at once, also with a server that says nothing any more", async () => {
  await using server = await nutServer();
  const on = start(server);
  await on.heard.until("online", isOnline);
  server.mute = true;
  await on[Symbol.asyncDispose]();
});
