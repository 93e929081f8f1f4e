import assert from "node:assert/strict";
import { test } from "node:test";
import type { CoreRecord } from "../messages/journal.ts";
import type { InputState, LiveEvent, OutputStatus } from "../messages/api.ts";
import type { HoldOrder, RecorderToCore, TroubleReport } from "../messages/recorder.ts";
import type { BoardLink, LevelReport } from "../drivers/driver.ts";
import type {
  CoreRecordLike,
  EngineEvent,
  EngineRecord,
  InputView,
  LevelFact,
  LinkFact,
  OutputView,
  RecordHold,
  Trouble,
} from "./engine-types.ts";

/** Compiles only when every value of `From` may stand where a `To` is asked for. */
type Fits<From extends To, To> = From;

type Checks = [
  Fits<EngineRecord, CoreRecord>,
  Fits<CoreRecord, CoreRecordLike>,
  Fits<RecordHold, HoldOrder>,
  Fits<HoldOrder, RecordHold>,
  Fits<Extract<RecorderToCore, { kind: "hold-answer" | "hold-durable" | "hold-closed" }>, EngineEvent>,
  Fits<Trouble, TroubleReport>,
  Fits<InputView, InputState>,
  Fits<OutputView, OutputStatus>,
  Fits<LevelReport, LevelFact>,
  Fits<BoardLink, LinkFact>,
  Fits<{ kind: "input"; input: InputView }, LiveEvent>,
];

test("what the engine says and hears fits the messages between the processes and the drivers' contract", () => {
  const checks: Checks["length"] = 11;
  assert.equal(checks, 11);
});
