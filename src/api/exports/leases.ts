/** Leases of exports: nothing that one reads is deleted meanwhile, however long it takes or how often Reed is restarted. */
import { z } from "zod";
import type { ExportJob } from "../../contract/export.ts";
import { after, hours } from "../../kernel/time.ts";
import type { Actor } from "../../messages/api.ts";
import type { ApiDeps } from "../ports.ts";
import type { ExportTask } from "./export-run.ts";

export const lockIds = z.object({ ids: z.array(z.string()) });
/** A lease ends by itself when nobody is left to renew it. */
export const leaseMs = hours(6);
const renewEveryMs = hours(2);

const system: Actor = { kind: "system", name: "export" };

export interface ExportLeases {
  release(ids: readonly string[]): void;
  /** Does the work with a lease that is renewed while it lasts. */
  renewed<R>(job: ExportJob, task: ExportTask, work: () => Promise<R>): Promise<R>;
}

export function exportLeases(deps: Pick<ApiDeps, "core" | "clock" | "log">): ExportLeases {
  const release = (ids: readonly string[]): void => {
    if (ids.length > 0) void deps.core.ask(system, { kind: "release-locks", ids });
  };
  const lease = async ({ reason }: ExportJob, { order }: ExportTask): Promise<readonly string[]> => {
    const spans = order.spans.map(({ channel, from, to }) => ({ channel, from, to }));
    const answer = await deps.core.ask(system, { kind: "lock-footage", spans, reason, forMs: leaseMs });
    if (answer.ok) return lockIds.parse(answer.value).ids;
    deps.log.warn({ reason: answer.error.message }, "the lease of an export could not be renewed");
    return [];
  };
  return {
    release,
    async renewed(job, task, work) {
      // footage that is locked needs no lease
      if (task.around.locked) return work();
      let held: readonly string[] = [];
      let isOver = false;
      let cancel = (): void => undefined;
      const renew = async (): Promise<void> => {
        const before = held;
        const next = await lease(job, task);
        if (isOver) release(next);
        else if (next.length > 0) {
          held = next;
          release(before);
        }
      };
      const later = (): void => {
        cancel = deps.clock.wakeAt(after(deps.clock.now(), renewEveryMs), () => {
          void renew();
          later();
        });
      };
      // one that waited long, or that a restart cut off, may have none any more
      if (deps.clock.wall() - job.at >= renewEveryMs) await renew();
      later();
      try {
        return await work();
      } finally {
        isOver = true;
        cancel();
        release(held);
      }
    },
  };
}
