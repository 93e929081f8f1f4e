import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Alarm } from "../../../../src/contract/alarm.ts";
import type { Format } from "../../../shared/format.ts";
import { useFormat, useOutputs } from "../../../shared/site-data.ts";
import { lineParts, type LinePart } from "../model/line-parts.ts";

interface Sentence {
  /** `Front door 02:10:04 × 2` */
  readonly head: string;
  /** `3 cameras recorded, 12.0 s before · saved` */
  readonly rest: string;
}

/** An alarm in one line, in the reader's language; reasons are the server's own. */
export function useSentence(): (alarm: Alarm) => Sentence {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const outputs = useOutputs().data ?? [];
  const output = (number: number) => outputs.find((row) => row.output === number)?.name ?? t("output", { number });
  return (alarm) => {
    const times = alarm.edges > 1 ? ` × ${alarm.edges}` : "";
    const parts = lineParts(alarm).map((part) => inWords(part, t, format, output));
    return { head: `${alarm.name} ${format.time(alarm.at)}${times}`, rest: parts.join(" · ") };
  };
}

function inWords(part: LinePart, t: TFunction<"alarms">, format: Format, output: (number: number) => string): string {
  switch (part.kind) {
    case "recorded": {
      const { cameras, of, beforeMs } = part;
      const said = cameras === of ? t("line.recorded", { count: cameras }) : t("line.recordedOf", { cameras, of });
      if (beforeMs === undefined) return said;
      return t("line.before", { said, seconds: format.number(beforeMs / 1000, 1) });
    }
    case "no-camera":
      return t("line.noCamera");
    case "no-footage":
      return t("line.noFootage", { camera: part.camera, reason: part.reason });
    case "short":
      return t("line.short", { camera: part.camera, reason: part.reason });
    case "output":
      return `${output(part.number)}: ${part.reason}`;
    case "notify":
      return t("line.message", { number: part.number, reason: part.reason });
    case "recording":
      return t("line.recording");
    case "saved":
      return t("line.saved");
  }
}
