import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useModeName } from "../arming/mode-name.ts";
import { useFormat, useSchedules } from "../site-data.ts";
import { StateDot } from "../ui/state-dot.tsx";
import { useNow } from "../use-now.ts";
import type { RecordedChannel } from "./recording-data.ts";

const colours = { continuous: "green", alarm: "blue", off: "red" } as const;

/** What a camera records now and why: "Everything: inside Office hours, until 18:00". */
export function useNowText(): (now: RecordedChannel, arming: string) => string {
  const { t } = useTranslation("recording");
  const format = useFormat();
  const nameOf = useModeName();
  const schedules = useSchedules().data ?? [];
  const time = useNow(10_000);
  return ({ now, because, schedule, until }, arming) => {
    const name = schedules.find((one) => one.schedule === schedule)?.name ?? "";
    const why = t(`because.${because}`, { schedule: name, mode: nameOf(arming) });
    const words = t("nowAndWhy", { now: t(`now.${now}`), why });
    return until === undefined ? words : t("until", { words, when: format.soon(until, time) });
  };
}

interface NowTextProps {
  readonly recorded: RecordedChannel;
  readonly arming: string;
}

export function NowText({ recorded, arming }: NowTextProps): ReactElement {
  const text = useNowText();
  return <StateDot color={colours[recorded.now]} label={text(recorded, arming)} />;
}
