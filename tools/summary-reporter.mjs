// Prints failed tests with their error, what was skipped and why, and the closing counts.
export default async function* summary(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const event of source) {
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
  yield `\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
}
