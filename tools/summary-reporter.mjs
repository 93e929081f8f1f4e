// Prints failed tests with their error, what was skipped and why, and the closing counts. Names what does not end.
import { writeSync } from "node:fs";

const lookEveryMs = 10_000;
/** Longer than the longest unit test; tests of files in processes of their own may be quiet for longer, and go on. */
const quietMs = 90_000;
/** After the last test, for what it holds open. */
const goodbyeMs = 20_000;

/** Says which tests run while nothing ends, and ends a process that something keeps alive after its last test. */
function watchdog(counts) {
  const running = new Map();
  let begun = false;
  let heard = performance.now();
  const keyOf = ({ file, line, name, nesting }) => `${file}:${line}:${nesting}:${name}`;
  const timer = setInterval(() => {
    const quiet = performance.now() - heard;
    if (begun && running.size === 0 && quiet > goodbyeMs) {
      const kept = process.getActiveResourcesInfo().join(", ");
      writeSync(1, `\nEvery test is over and something keeps the process alive: ${kept}. Ended.${closing(counts)}`);
      process.exit(counts.failed > 0 ? 1 : 0);
    }
    if (quiet <= quietMs || running.size === 0) return;
    heard = performance.now();
    writeSync(1, `\nStill running: ${[...running.values()].join("; ")}\n`);
  }, lookEveryMs);
  timer.unref();
  return ({ type, data }) => {
    heard = performance.now();
    if (type === "test:dequeue") {
      begun = true;
      running.set(keyOf(data), `${data.name} (${data.file ?? ""})`);
    } else if (type === "test:complete") running.delete(keyOf(data));
  };
}

const closing = ({ passed, failed, skipped }) => `\n${passed} passed, ${failed} failed, ${skipped} skipped\n`;

export default async function* summary(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const watch = watchdog(counts);
  for await (const event of source) {
    watch(event);
    if (event.type === "test:pass" && event.data.details?.type !== "suite") {
      if (event.data.skip === undefined) counts.passed++;
      else {
        counts.skipped++;
        yield `\nskipped: ${event.data.name}${typeof event.data.skip === "string" ? ` (${event.data.skip})` : ""}`;
      }
    } else if (event.type === "test:fail" && event.data.details?.type !== "suite") {
      counts.failed++;
      const error = event.data.details.error;
      yield `\n✖ ${event.data.name}\n  ${event.data.file ?? ""}:${event.data.line ?? ""}\n${String(error?.cause?.stack ?? error?.cause ?? error?.stack ?? error)}\n`;
    } else if (event.type === "test:stderr" || event.type === "test:stdout") {
      yield event.data.message;
    }
  }
  yield closing(counts);
}
