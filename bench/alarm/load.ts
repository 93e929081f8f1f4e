import { pause } from "../../test/support/reed.ts";
import type { ReedUnderTest } from "../support/farm.ts";
import { openViewers } from "../support/viewers.ts";
import { monthDays } from "./month.ts";

/** What was done beside the alarms. */
export interface LoadCounts {
  timelines: number;
  timelineSpans: number;
  downloads: number;
  downloadedBytes: number;
  refusedLogins: number;
  viewedFragments: number;
}

const viewersWanted = 16;
const loginEveryMs = 100;

/**
 * Disturbs Reed until stopped: the timeline of all channels over 30 days in a loop, downloads of the last minute's
 * footage in a loop, a failing login every 100 ms, 16 live viewers. Other answers than the expected ones reject `stop`.
 */
export async function startLoad(under: ReedUnderTest, channels: number): Promise<{ stop(): Promise<LoadCounts> }> {
  const { reed, api } = under;
  const counts = {
    ...{ timelines: 0, timelineSpans: 0, downloads: 0, downloadedBytes: 0, refusedLogins: 0, viewedFragments: 0 },
  };
  let on = true;
  const seen = Array.from({ length: Math.min(viewersWanted, channels) }, (_, i) => i + 1);
  const viewers = await openViewers(under, seen);
  const timelines = async () => {
    while (on) {
      const to = Date.now();
      const { spans } = await api.get(`timeline?from=${to - monthDays * 86_400_000}&to=${to}`);
      counts.timelines++;
      counts.timelineSpans = spans.length;
    }
  };
  const downloads = async () => {
    for (let n = 0; on; n++) {
      const to = Date.now() - 5000;
      const bytes = await api.bytes(`channels/${(n % channels) + 1}/footage.mp4?from=${to - 60_000}&to=${to}`);
      counts.downloads++;
      counts.downloadedBytes += bytes.length;
    }
  };
  const logins = async () => {
    for (let n = 0; on; n++) {
      const answer = await fetch(`${reed.url}/api/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: `guess-${n % 50}`, password: "not the password" }),
      });
      if (answer.status !== 401 && answer.status !== 429) throw new Error(`login: ${answer.status}`);
      counts.refusedLogins++;
      await pause(loginEveryMs);
    }
  };
  const loops = Promise.all([timelines(), downloads(), logins()]);
  // told by stop(); until then nobody listens
  loops.catch(() => undefined);
  return {
    async stop() {
      on = false;
      counts.viewedFragments = viewers.messages;
      viewers[Symbol.dispose]();
      await loops;
      return counts;
    },
  };
}
