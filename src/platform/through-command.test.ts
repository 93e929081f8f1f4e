import assert from "node:assert/strict";
import { test } from "node:test";
import { throughCommand } from "./through-command.ts";

const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);

test("what goes into a command comes out whole, more than a pipe holds", async () => {
  const { code, output, complaint } = await throughCommand("cat", [], bytes);
  assert.deepEqual([code, complaint], [0, ""]);
  assert.ok(output.equals(bytes));
});

test("a command that ends before it has read all tells by its end, with what it complained of", async () => {
  const script = "printf 'no such picture' >&2; exit 3";
  const { code, output, complaint } = await throughCommand("sh", ["-c", script], bytes);
  assert.deepEqual([code, output.length, complaint], [3, 0, "no such picture"]);
  const talkative = await throughCommand("sh", ["-c", "seq 5000 >&2"], new Uint8Array());
  assert.ok(talkative.complaint.startsWith("1\n2\n") && talkative.complaint.length <= 200, talkative.complaint);
});

test("a command that is not there is named", async () => {
  await assert.rejects(
    throughCommand("reed-has-no-such-command", [], bytes),
    /reed-has-no-such-command can't be started/,
  );
});
