import assert from "node:assert/strict";
import { test } from "node:test";
import { descriptionOf, fieldsIn, filledIn, fieldsOf, idOf, idProblem, noFields, uploadId } from "./description.ts";

test("a description is filled in and out again; what has no field stays as it is", () => {
  const description = {
    name: "Yard",
    licence: "MIT",
    labels: ["person", "", "dog"],
    fit: "stretch",
    width: 320,
  } as const;
  assert.deepEqual(descriptionOf(fieldsOf(description)), description);
  assert.deepEqual(descriptionOf(noFields), {});
  assert.deepEqual(descriptionOf({ ...noFields, labels: " person \ndog\n\n", source: " " }), {
    labels: ["person", "dog"],
  });
});

test("a description file fills the fields; what is none is said to be so", () => {
  assert.deepEqual(fieldsIn('{"labels":["fox"],"kind":"yolo"}'), {
    ...noFields,
    labels: "fox",
    rest: { kind: "yolo" },
  });
  for (const text of ["{", "[]", "7", "null", '{"name":7}', '{"labels":"fox"}', '{"labels":[1]}'])
    assert.equal(fieldsIn(text), undefined);
});

test("a description file leaves alone what it does not speak of, and without one nothing that was typed is gone", () => {
  const typed = { ...noFields, name: "Yard", licence: "ours" };
  const chosen = filledIn(typed, fieldsIn('{"licence":"MIT","labels":["fox"],"fit":"stretch"}'));
  assert.deepEqual(chosen, { ...typed, licence: "MIT", labels: "fox", rest: { fit: "stretch" } });
  assert.deepEqual(filledIn(chosen), { ...chosen, rest: {} });
  assert.deepEqual(descriptionOf(filledIn(chosen)), { name: "Yard", licence: "MIT", labels: ["fox"] });
});

test("a file's name becomes an id that the server takes", () => {
  assert.equal(idOf("YOLOX s (640).onnx"), "YOLOX-s-640-");
  assert.equal(idOf("_rf-detr.ONNX"), "rf-detr");
  assert.equal(idOf("x".repeat(80)).length, 60);
});

test("an id that the server would not take is known before the file is sent", () => {
  const models = [{ model: "nanodet" }];
  assert.equal(idProblem("yard-2", models), undefined);
  assert.equal(idProblem("my yard", models), "wrong");
  assert.equal(idProblem("", models), "wrong");
  assert.equal(idProblem("nanodet", models), "taken");
});

test("an upload has a UUID of its own", () => {
  const id = uploadId(new Uint8Array(16).fill(0xff));
  assert.equal(id, "ffffffff-ffff-4fff-bfff-ffffffffffff");
});
