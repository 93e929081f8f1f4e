import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { errorCodes } from "../../src/contract/errors.ts";
import { troubleKinds } from "../../src/domain/trouble-kind.ts";
import { ApiError } from "./api-client.ts";
import { loadSaid, said, saidName, saidOf } from "./said.ts";

const messages = (language: string, file: string) =>
  JSON.parse(readFileSync(new URL(`../messages/${language}/${file}.json`, import.meta.url), "utf8")) as Record<
    string,
    Record<string, string>
  >;

test("every error code and every kind of trouble has a sentence in each language", () => {
  for (const language of ["en", "de"]) {
    const [errors, advice] = [messages(language, "common")["errors"], messages(language, "shell")["advice"]];
    for (const code of [...errorCodes, "no-answer"]) assert.ok(errors?.[code], `${language}: ${code}`);
    for (const kind of troubleKinds) assert.ok(advice?.[kind], `${language}: ${kind}`);
  }
});

test("English shows the server's own words, German its own; what nobody translated stays as it is", async () => {
  const old = "words of an old journal";
  await loadSaid("en");
  assert.equal(said("silenced"), "silenced");
  await loadSaid("de");
  assert.deepEqual([said("silenced"), said(old)], ["stummgeschaltet", old]);
  assert.equal(saidOf(new ApiError(409, "conflict", "Choose another code.")), "Bitte einen anderen Code wählen.");
  assert.equal(saidOf(new ApiError(400, "invalid", "driver.port: is missing")), "Port: fehlt");
  assert.match(saidOf(new ApiError(400, "invalid", "name: has a hole")), /\(name: has a hole\)$/);
  await loadSaid("en");
});

test("of the name of what was raised what somebody called it stays, and what was seen is said in German", async () => {
  const names = [
    ["Yard: a person moves", "Yard: eine Person bewegt sich"],
    ['Door: Path: a vehicle entered "Path: north"', "Door: Path: ein Fahrzeug fuhr in „Path: north“"],
    ["Front door", "Front door"],
    ["Front: left: open it", "Front: left: open it"],
    ["Plates: B-XY 123", "Plates: B-XY 123"],
  ];
  for (const [english = ""] of names) assert.equal(saidName(english), english);
  await loadSaid("de");
  for (const [english = "", german] of names) assert.equal(saidName(english), german);
  await loadSaid("en");
});
