import { z } from "zod";
import { speedAnswer } from "../../contract/disk-speed.ts";
import { speedMeaning, type MeasuredSpeed } from "../../domain/disk-speed.ts";
import { after, seconds } from "../../kernel/time.ts";
import type { VolumeState } from "../../messages/recorder.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";

/** A disk that hangs keeps nobody waiting for longer. */
const patience = seconds(20);

/** Measures a volume, and keeps what came of it. */
export function measureRoute(app: App, deps: ApiDeps): void {
  const running = new Set<string>();
  app.post(
    "/storage/volumes/:id/measure",
    {
      config: { needs: "configure", errors: ["not-found", "conflict", "unavailable"] },
      schema: {
        tags: ["system"],
        summary: "Measure how fast a volume takes footage",
        description:
          "Writes at most 66 MB of its own for a few seconds, synced piece by piece so that recording goes on beside it, and removes them.",
        params: z.object({ id: z.string().max(100).describe("of the volume") }),
        response: { 200: speedAnswer },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { volumes } = await deps.reads.config();
      if (!volumes.some((volume) => volume.id === id && volume.archive?.bucket === undefined))
        fail("not-found", `there is no volume ${id}`);
      const live = deps.core.live()?.state.volumes.find((volume) => volume.volumeId === id);
      if (live?.state !== "ready") fail("conflict", "The volume takes nothing now; it can't be measured.");
      if (running.has(id)) fail("conflict", "The volume is being measured.");
      running.add(id);
      // a measurement that hangs is still running when nobody waits for it any more
      const measuring = measured(deps, live).finally(() => running.delete(id));
      const speed = await within(deps, measuring);
      await changeSite(deps, request.login, (site) => ({
        ...site,
        measured: [...(site.measured ?? []).filter(({ volume }) => volume !== id), speed],
      }));
      return answerOf(deps, speed);
    },
  );
}

async function measured({ machine, clock }: ApiDeps, live: VolumeState): Promise<MeasuredSpeed> {
  const speed = await machine.measure(live.path);
  return { volume: live.volumeId, at: clock.wall(), ...speed };
}

async function within({ clock }: ApiDeps, measuring: Promise<MeasuredSpeed>): Promise<MeasuredSpeed> {
  const late = Promise.withResolvers<undefined>();
  const cancel = clock.wakeAt(after(clock.now(), patience), () => late.resolve(undefined));
  try {
    const speed = await Promise.race([measuring, late.promise]);
    return speed ?? fail("unavailable", "The disk does not answer.");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC")
      fail("conflict", "There is no room to measure.");
    throw error;
  } finally {
    cancel();
  }
}

/** What the measurement means for the cameras that send now. */
export function answerOf(deps: Pick<ApiDeps, "core">, speed: MeasuredSpeed) {
  const sending = (deps.core.live()?.state.channels ?? []).filter(({ bitsPerSecond }) => bitsPerSecond > 0);
  const sum = sending.reduce((all, { bitsPerSecond }) => all + bitsPerSecond / 8, 0);
  const meaning = speedMeaning(speed, sending.length === 0 ? undefined : sum / sending.length);
  const { at, writeBytesPerSecond, syncP50Ms, syncP99Ms, bytes, cut } = speed;
  return { at, writeBytesPerSecond, syncP50Ms, syncP99Ms, bytes, cut, ...meaning };
}
