import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook's far end; notes which event each message was of. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly messages: { readonly eventId: string; readonly at: number }[];
}

export async function startReceiver(): Promise<Receiver> {
  const messages: Receiver["messages"] = [];
  const server = createServer((request, response) => {
    const at = Number(process.hrtime.bigint()) / 1e6;
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      messages.push({ eventId: String((JSON.parse(text) as { eventId?: string }).eventId), at });
      response.end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    messages,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
