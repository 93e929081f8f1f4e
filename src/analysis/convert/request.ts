import type { ConvertRequest } from "../../messages/convert.ts";

/** The line that a client sends; undefined when it is none. */
export function parseConvertRequest(line: string): ConvertRequest | undefined {
  try {
    const { channel, stream, most } = JSON.parse(line) as Partial<ConvertRequest>;
    if (!Number.isInteger(channel) || !Number.isInteger(most)) return undefined;
    return { channel: channel ?? 0, stream: stream === "sub" ? "sub" : "main", most: most ?? 0 };
  } catch {
    return undefined;
  }
}
