/** What codes and tables mean in our words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../../kernel/time.ts";
import { saidBy } from "./dahua-codes.ts";
import { offerOf, tableNames } from "./dahua-tables.ts";

const at = instant(5);
const said = (code: string, action: string, data?: unknown) =>
  saidBy({ code, action, index: 0, ...(data === undefined ? {} : { data }) }, at);

test("motion names the camera's regions where it does; a person has the box", () => {
  assert.deepEqual(said("VideoMotion", "Start", { Id: [0, 2], RegionName: ["Gate", "Yard"] }), {
    ...({ what: "motion", phase: "start", at, code: "VideoMotion" } as const),
    regions: [
      { name: "Gate", index: 0 },
      { name: "Yard", index: 2 },
    ],
  });
  assert.deepEqual(said("VideoMotion", "Stop"), { what: "motion", phase: "stop", at, code: "VideoMotion" });
  const person = said("SmartMotionHuman", "Start", { object: [{ Rect: [0, 0, 8191, 8191] }] });
  assert.deepEqual([person?.what, person?.box], ["human", { x: 0, y: 0, width: 1, height: 1 }]);
});

test("a rule has its name and who it was; what has no name is called by its code", () => {
  const data = { Name: " Drive ", Object: { ObjectType: "Vehicle", BoundingBox: [9, 9, 1, 1] } };
  assert.deepEqual(said("CrossLineDetection", "Pulse", data), {
    ...({ what: "rule", phase: "pulse", at, code: "CrossLineDetection" } as const),
    ...({ rule: "Drive", target: "vehicle" } as const),
  });
  assert.equal(said("CrossRegionDetection", "Start")?.rule, "CrossRegionDetection");
  assert.equal(said("CrossRegionDetection", "Stop")?.rule, undefined, "all of them are over");
  for (const unknown of ["NewFile", "toString", "VideoMotionInfo"]) assert.equal(said(unknown, "Start"), undefined);
  assert.equal(said("VideoMotion", "State"), undefined);
});

test("words that every object of the language has are none of the camera's", () => {
  for (const word of ["constructor", "__proto__", "CONSTRUCTOR"]) {
    assert.equal(said("VideoMotion", word), undefined);
    assert.equal(said(word, "Start"), undefined);
    const rule = said("CrossLineDetection", "Start", { Name: "Drive", Object: { ObjectType: word } });
    assert.deepEqual(rule, { what: "rule", phase: "start", at, code: "CrossLineDetection", rule: "Drive" });
  }
});

test("the tables say what is switched on of this camera; a table that is not there says nothing", () => {
  const tables = {
    MotionDetect: "table.MotionDetect[0].Enable=false\r\ntable.MotionDetect[1].Enable=true\r\n",
    AudioDetect: "table.AudioDetect[1].AnomalyDetect=true\r\ntable.AudioDetect[1].MutationDetect=false\r\n",
    SmartMotionDetect: "table.SmartMotionDetect[1].Enable=true\ntable.SmartMotionDetect[1].ObjectTypes.Human=true\n",
    BlindDetect: "Error: no such table",
    VideoAnalyseRule: [
      ...["[0].Enable=true", "[0].Name=Drive", "[0].Type=CrossLineDetection"],
      ...["[1].Enable=false", "[1].Name=Off", "[1].Type=CrossLineDetection"],
      ...["[2].Enable=true", "[2].Name=Plates", "[2].Type=TrafficJunction"],
    ]
      .map((line) => `table.VideoAnalyseRule[1]${line}`)
      .join("\r\n"),
  };
  const { things, rules } = offerOf(tables, 2);
  assert.deepEqual(Object.fromEntries(things), {
    ...{ motion: true, audioLoss: true, audioRise: false, human: true, vehicle: false },
  });
  assert.deepEqual(rules, [{ name: "Drive", code: "CrossLineDetection" }]);
  assert.equal(offerOf(tables, 1).things.get("motion"), false);
});

test("whatever stands in data or a table, nothing is thrown", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("VideoMotion", "CrossLineDetection", "SmartMotionHuman"),
      (data, code) => {
        assert.equal(said(code, "Start", data)?.code, code);
      },
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...tableNames), fc.string(), (name, text) => {
      offerOf({ [name]: text }, 1);
    }),
  );
});
