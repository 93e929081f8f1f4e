import { totalmem } from "node:os";
import { memoryBounds } from "../domain/detection/memory-bounds.ts";
import { bucketIndex, bucketProcess } from "../platform/paths.ts";
import { detectionPlan } from "./detection-plan.ts";
import type { WantedProcess } from "./supervisor.ts";

/** Recorder processes; the channels are distributed over them. */
export const recorders = 1;

interface Place {
  readonly data: string;
  readonly port: number;
  readonly host: string;
}

type WantedBy = Parameters<typeof detectionPlan>[0];

/** The processes that this configuration wants beside core, in the order of their start. */
export function processesOf(place: Place, config: WantedBy): WantedProcess[] {
  const wanted = (
    name: string,
    role: WantedProcess["role"],
    { index = 0, script, more = [] }: { index?: number; script: URL; more?: string[] },
  ): WantedProcess => ({ name, role, index, script, args: ["--data", place.data, "--index", String(index), ...more] });
  const recorder = new URL("../recorder/main.ts", import.meta.url);
  const looked = detectionPlan(config).channels.length;
  const told = Number(process.env["REED_DETECTION_MEMORY"] ?? 0);
  const address = ["--port", String(place.port), "--host", place.host];
  return [
    ...Array.from({ length: recorders }, (_, index) =>
      wanted(`recorder-${index}`, "recorder", { index, script: recorder }),
    ),
    wanted("api", "api", { script: new URL("../api/main.ts", import.meta.url), more: address }),
    wanted("analysis", "analysis", { script: new URL("../analysis/main.ts", import.meta.url) }),
    // its decoder and its model take memory that a small machine has not to spare while nothing is looked for
    ...(looked === 0
      ? []
      : [
          {
            ...wanted("detection", "detection", { script: new URL("../detection/main.ts", import.meta.url) }),
            mostMemory: memoryBounds(looked, totalmem(), told).most,
          },
        ]),
    ...config.volumes.flatMap(({ id, archive }) => {
      if (archive?.bucket === undefined) return [];
      const index = bucketIndex(id);
      const script = new URL("../recorder/archive/s3/main.ts", import.meta.url);
      return wanted(bucketProcess(index), "bucket", { index, script });
    }),
  ];
}
