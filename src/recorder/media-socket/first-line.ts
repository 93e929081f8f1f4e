import type { Socket } from "node:net";
import type { Subscribe } from "../../messages/media.ts";
import type { ProbeRequest } from "../../messages/probe.ts";

/** What a client of the media socket may want. */
export type Wanted =
  | { readonly kind: "subscribe"; readonly subscribe: Subscribe }
  | { readonly kind: "probe"; readonly probe: ProbeRequest };

const longestLine = 8192;

/** The one JSON line that a client sends; anything else ends the connection. */
export function readFirstLine(socket: Socket, handle: (wanted: Wanted) => void): void {
  let text = "";
  const onData = (chunk: Buffer): void => {
    text += chunk.toString("utf8");
    const end = text.indexOf("\n");
    if (end < 0 && text.length <= longestLine) return;
    socket.off("data", onData);
    socket.resume();
    const wanted = end < 0 ? undefined : parseLine(text.slice(0, end));
    if (wanted === undefined) socket.destroy();
    else handle(wanted);
  };
  socket.on("data", onData);
}

function parseLine(line: string): Wanted | undefined {
  try {
    const value = JSON.parse(line) as Partial<Subscribe> & { readonly probe?: Partial<ProbeRequest> };
    if (value.probe !== undefined) return probeOf(value.probe);
    if (typeof value.channel !== "number") return undefined;
    const subscribe: Subscribe = {
      channel: value.channel,
      stream: value.stream === "sub" ? "sub" : "main",
      from: value.from === "next-key" ? "next-key" : "ring-gop",
      audio: value.audio === true,
      ...(value.listen === true ? { listen: true } : {}),
    };
    return { kind: "subscribe", subscribe };
  } catch {
    // not JSON: whoever this is, it is not one of ours
    return undefined;
  }
}

function probeOf({ url, username, password, anyway, withinMs }: Partial<ProbeRequest>): Wanted | undefined {
  if (typeof url !== "string" || typeof username !== "string" || typeof password !== "string") return undefined;
  const probe = { url, username, password, anyway: anyway === true, withinMs: withinMs ?? 8000 };
  return { kind: "probe", probe };
}
