import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { boardProfiles } from "../../../../src/domain/board-profiles/index.ts";

const messages = JSON.parse(
  readFileSync(new URL("../../../messages/en/boards.json", import.meta.url), "utf8"),
) as Record<"choice", Record<string, Record<string, string>>>;

test("every choice of every profile has its words, unless it is a model's name", () => {
  const missing = boardProfiles.flatMap(({ id, fields }) =>
    fields.flatMap((field) =>
      field.kind !== "choice"
        ? []
        : field.options
            .filter(({ value, label }) => label === undefined && messages.choice[field.key]?.[value] === undefined)
            .map(({ value }) => `${id}: ${field.key} ${value}`),
    ),
  );
  assert.deepEqual(missing, []);
});
