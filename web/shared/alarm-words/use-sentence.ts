import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { summarize } from "../../../src/domain/alarm-summary.ts";
import type { Alarm } from "../../../src/contract/alarm.ts";
import type { Format } from "../format.ts";
import { said, saidName } from "../said.ts";
import { useChannels, useFormat, useOutputs } from "../site-data.ts";
import type { Receipt } from "../types.ts";
import { lineParts, type Line, type LinePart } from "./line-parts.ts";

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
  const words = useWords();
  return (alarm) => {
    const times = alarm.edges > 1 ? ` × ${alarm.edges}` : "";
    const what = alarm.loop === undefined ? "" : `: ${t(`loop.${alarm.loop}`)}`;
    return { head: `${saidName(alarm.name)}${what} ${format.time(alarm.at)}${times}`, rest: words(alarm) };
  };
}

/** What one receipt says: an event without an alarm. */
export function useReceiptWords(): (receipt: Receipt) => string {
  const channels = useChannels().data ?? [];
  const words = useWords();
  const name = (channel: number) => channels.find((row) => row.channel === channel)?.name ?? String(channel);
  return (receipt) => {
    // the contract's receipt is the domain's; only its times carry no brands
    const { verdict, cameras, faults } = summarize([receipt] as unknown as Parameters<typeof summarize>[0]);
    return words({
      verdict,
      faults: [...faults],
      cameras: cameras.map((one) => ({ ...one, name: name(one.channel) })),
    });
  };
}

function useWords(): (line: Line) => string {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const outputs = useOutputs().data ?? [];
  const channels = useChannels().data ?? [];
  const names: Names = {
    output: (number) => outputs.find((row) => row.output === number)?.name ?? t("output", { number }),
    camera: (number) => channels.find((row) => row.channel === number)?.name ?? t("camera", { number }),
  };
  return (line) =>
    lineParts(line)
      .map((part) => inWords(part, t, format, names))
      .join(" · ");
}

type Names = Readonly<Record<"output" | "camera", (number: number) => string>>;

function inWords(part: LinePart, t: TFunction<"alarms">, format: Format, names: Names): string {
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
      return t("line.noFootage", { camera: part.camera, reason: said(part.reason) });
    case "short":
      return t("line.short", { camera: part.camera, reason: said(part.reason) });
    case "output":
      return `${names.output(part.number)}: ${said(part.reason)}`;
    case "notify":
      return t("line.message", { number: part.number, reason: said(part.reason) });
    case "ptz":
      return t("line.ptz", { camera: names.camera(part.number), reason: said(part.reason) });
    case "snapshot":
      return t("line.snapshot", { camera: names.camera(part.number), reason: said(part.reason) });
    case "recording":
      return t("line.recording");
    case "saved":
      return t("line.saved");
  }
}
