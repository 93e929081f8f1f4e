import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { eventOf, getArgs, holdArgs, toolReason, toolsOf, valuesOf, watchArgs } from "./protocol.ts";
import { gpioSettings } from "./test-bench.ts";

const one = { version: 1, tellsFirst: false } as const;
const two = { version: 2, tellsFirst: false } as const;

test("the version of the tools is read from their own words", () => {
  assert.deepEqual(toolsOf("gpiomon (libgpiod) v1.6.3\nCopyright (C) 2017", ""), one);
  assert.deepEqual(toolsOf("gpiomon (libgpiod) v2.1.3", "  -E, --event-clock"), two);
  assert.deepEqual(toolsOf("gpiomon (libgpiod) v2.2.1", "  -I, --initial-state"), { version: 2, tellsFirst: true });
  assert.equal(toolsOf("gpiomon (libgpiod) v3.0", ""), undefined);
  assert.equal(toolsOf("command not found", ""), undefined);
});

test("each version has its own command lines", () => {
  assert.equal(getArgs(one, gpioSettings).join(" "), "gpioget --bias=pull-up gpiochip0 4 5");
  assert.equal(getArgs(two, gpioSettings).join(" "), "gpioget --numeric --bias=pull-up --chip gpiochip0 4 5");
  assert.equal(
    watchArgs(one, gpioSettings).join(" "),
    "gpiomon --line-buffered --bias=pull-up --format=%o %e %s.%n gpiochip0 4 5",
  );
  assert.equal(
    watchArgs({ version: 2, tellsFirst: true }, gpioSettings).join(" "),
    "gpiomon --banner --initial-state --numeric --edges=both --bias=pull-up --format=%o %E %S --chip gpiochip0 4 5",
  );
  assert.equal(holdArgs(one, "gpiochip0", 17, 1).join(" "), "gpioset --mode=signal gpiochip0 17=1");
  assert.equal(holdArgs(two, "gpiochip0", 17, 0).join(" "), "gpioset --banner --chip gpiochip0 17=0");
  const plain = { ...gpioSettings, bias: "none" } as const;
  assert.ok(getArgs(one, plain).includes("--bias=disable") && getArgs(two, plain).includes("--bias=disabled"));
});

test("events of both versions are read; version 1 prints nanoseconds without their zeros", () => {
  assert.deepEqual(eventOf("4 1 12.5000000"), { line: 4, value: 1, atMs: 12_005 });
  assert.deepEqual(eventOf("5 falling 12.005000000"), { line: 5, value: 0, atMs: 12_005 });
  assert.equal(eventOf("Monitoring line '4'..."), undefined);
  fc.assert(fc.property(fc.string(), (text) => void eventOf(text)));
});

test("values are taken only when there is one for each line", () => {
  assert.deepEqual(valuesOf("0 1\n", 2), [0, 1]);
  assert.equal(valuesOf("0 1 1", 2), undefined);
  assert.equal(valuesOf('"4"=inactive', 1), undefined);
});

test("complaints of the tools become sentences that say what to do", () => {
  const said = (text: string) => toolReason("gpiomon", "gpiochip0", text);
  assert.match(said("sh: 2: gpiomon: not found"), /install Debian's package gpiod/);
  assert.match(said("gpiomon: error waiting for events: Permission denied"), /group gpio/);
  assert.match(
    said("gpiomon: unable to request lines on chip '/dev/gpiochip0': Device or resource busy"),
    /another program/,
  );
  assert.match(said("gpiomon: cannot find GPIO chip character device 'gpiochip9'"), /there is no gpiochip0/);
  assert.equal(said(""), "gpiomon ended without a word");
});
