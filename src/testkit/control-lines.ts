import { createInterface } from "node:readline";

/**
 * The control of a testkit program: it prints one line `{"ready":true,…}`, then takes one JSON value a line on stdin
 * and answers each with one line: `{"ok":true,"atMicros":…,"answer":…}` or `{"ok":false,"error":"…"}`; a member `id` of
 * the command comes back. `{"do":"stop"}`, the end of stdin, SIGTERM and SIGINT end the program, so that nothing
 * outlives a test.
 */
export async function serveControlLines(
  ready: Readonly<Record<string, unknown>>,
  handle: (command: unknown) => unknown,
): Promise<void> {
  const print = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);
  const lines = createInterface({ input: process.stdin });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => lines.close());
  // whoever started the program is gone: end, as with stdin
  process.stdout.on("error", () => lines.close());
  print({ ready: true, ...ready });
  for await (const line of lines) {
    if (line.trim() === "") continue;
    let id: unknown;
    try {
      const { id: given, ...command } = JSON.parse(line) as Record<string, unknown>;
      id = given;
      const answer = command["do"] === "stop" ? undefined : await handle(command);
      print({ ok: true, id, atMicros: Number(process.hrtime.bigint() / 1000n), answer });
      if (command["do"] === "stop") break;
    } catch (error) {
      print({ ok: false, id, error: error instanceof Error ? error.message : String(error) });
    }
  }
  lines.close();
}
