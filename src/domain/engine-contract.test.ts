import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveEvent } from "../messages/api.ts";
import type { CoreRecord } from "../messages/journal.ts";
import type { RecorderToCore } from "../messages/recorder.ts";
import type { BoardLink, LevelReport } from "../drivers/driver.ts";
import type { CoreRecordLike, EngineEvent, InputView, LevelFact, LinkFact } from "./engine-types.ts";

/** Compiles only when every value of `From` may stand where a `To` is asked for. */
type Fits<From extends To, To> = From;

type Checks = [
  Fits<CoreRecord, CoreRecordLike>,
  Fits<Extract<RecorderToCore, { kind: "hold-answer" | "hold-durable" | "hold-closed" }>, EngineEvent>,
  Fits<LevelReport, LevelFact>,
  Fits<BoardLink, LinkFact>,
  Fits<{ kind: "input"; input: InputView }, LiveEvent>,
];

test("what the engine says and hears fits the messages between the processes and the drivers' contract", () => {
  const checks: Checks["length"] = 5;
  assert.equal(checks, 5);
});
