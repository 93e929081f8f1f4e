/** hls.js in Debian's Chromium as a player, of footage that any API answers. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { look } from "../browser/support/browser.ts";
import type { Asking } from "./doors.ts";

export interface Shown {
  /** hls.js's own word when it gave up, and everything that it complained of on the way but its own slowness. */
  readonly errors: readonly string[];
  /** Widths of the pictures, in order, each once in a row. */
  readonly widths: readonly number[];
  /** Where it ended, s. */
  readonly end: number;
}

/** Plays a playlist to its end, sixteen times as fast. */
export async function playWithHlsJs(api: Asking, path: string): Promise<Shown> {
  const answer = async (url: string): Promise<Buffer> => {
    if (url === "/") return Buffer.from("<!doctype html><title>hls.js</title><video muted></video>");
    if (url === "/hls.js") return readFileSync("node_modules/hls.js/dist/hls.min.js");
    return (await api.bytes(url.slice("/api/".length))).body;
  };
  const server = createServer((request, response) => {
    const url = request.url ?? "/";
    void answer(url).then(
      (body) => response.setHeader("content-type", url === "/" ? "text/html" : "application/octet-stream").end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await using looking = await look(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await looking.page.addScriptTag({ url: "/hls.js" });
    return await looking.page.evaluate<Shown>(`new Promise((resolve) => {
      const video = document.querySelector("video");
      const [errors, widths] = [[], []];
      const end = () => resolve({ errors, widths, end: video.currentTime });
      const hls = new Hls({ enableWorker: false });
      hls.on(Hls.Events.ERROR, (_, error) => {
        // a busy machine that is late is no fault of what is played
        if (!["bufferStalledError", "bufferNudgeOnStall"].includes(error.details)) errors.push(error.details);
        if (error.fatal) end();
      });
      video.addEventListener("resize", () => widths.push(video.videoWidth));
      video.addEventListener("ended", end);
      hls.loadSource(${JSON.stringify(`/api/${path}`)});
      hls.attachMedia(video);
      video.playbackRate = 16;
      video.play();
    })`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
