import { Text, UnstyledButton } from "@mantine/core";
import { Fragment, useMemo, useRef, type PointerEvent, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { localClock, weekdayOf } from "../../../../src/kernel/local-time.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { useNow } from "../../../shared/use-now.ts";
import { covers, drawnPeriods, rows, spanOf, stepAt, textsOfRow, type Row, type WeekDraft } from "../model/week.ts";
import type { Period } from "../../../../src/domain/weekly-schedule.ts";
import classes from "./week-grid.module.css";

interface WeekGridProps {
  readonly draft: WeekDraft;
  /** Without it the week is only shown, and small. */
  readonly paint?: {
    onPaint(row: Row, span: Period, on: boolean): void;
    readonly chosen: Row;
    onChoose(row: Row): void;
  };
}

const hours = [0, 6, 12, 18, 24];
const share = (minutes: number) => `${(minutes / 1440) * 100}%`;

/** The week as seven rows of a day each, and the holidays; painted over with the pointer. The times beside it do the same. */
export function WeekGrid({ draft, paint }: WeekGridProps): ReactElement {
  const { t } = useTranslation("schedules");
  const today = useToday();
  const shown = rows.filter((row) => row !== "holiday" || draft.holiday !== undefined);
  return (
    <div className={`${classes["grid"] ?? ""} ${paint === undefined ? (classes["small"] ?? "") : ""}`}>
      <span />
      <div className={classes["hours"]} aria-hidden>
        {hours.map((hour) => (
          <span key={hour} style={{ left: share(hour * 60) }}>
            {hour}
          </span>
        ))}
      </div>
      {shown.map((row) => (
        <Fragment key={row}>
          {paint === undefined ? (
            <Text size="xs" c="dimmed">
              {t(`short.${row}`)}
            </Text>
          ) : (
            <UnstyledButton
              fz="sm"
              fw={paint.chosen === row ? 700 : 400}
              aria-pressed={paint.chosen === row}
              title={t("chooseDay", { day: t(`day.${row}`) })}
              onClick={() => paint.onChoose(row)}
            >
              {t(`short.${row}`)}
            </UnstyledButton>
          )}
          <DayRow draft={draft} row={row} paint={paint} now={today.row === row ? today.minute : undefined} />
        </Fragment>
      ))}
    </div>
  );
}

/** Which row the site's clock is in, and where. */
function useToday(): { readonly row: Row | undefined; readonly minute: number } {
  const { timeZone } = useFormat();
  const clock = useMemo(() => localClock(timeZone), [timeZone]);
  const { day, second } = clock(useNow(30_000));
  return { row: rows[weekdayOf(day)], minute: second / 60 };
}

interface DayRowProps {
  readonly draft: WeekDraft;
  readonly row: Row;
  readonly paint: WeekGridProps["paint"];
  readonly now: number | undefined;
}

function DayRow({ draft, row, paint, now }: DayRowProps): ReactElement {
  const stroke = useRef<{ readonly from: number; readonly on: boolean } | undefined>(undefined);
  const stepOf = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return stepAt((event.clientX - left) / width);
  };
  const texts = textsOfRow(draft, row);
  const begin = (event: PointerEvent<HTMLElement>) => {
    if (paint === undefined || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = stepOf(event);
    stroke.current = { from, on: !covers(texts, from) };
    paint.onChoose(row);
    paint.onPaint(row, spanOf(from, from), stroke.current.on);
  };
  const go = (event: PointerEvent<HTMLElement>) => {
    if (paint === undefined || stroke.current === undefined) return;
    paint.onPaint(row, spanOf(stroke.current.from, stepOf(event)), stroke.current.on);
  };
  const end = () => {
    stroke.current = undefined;
  };
  return (
    <div
      className={`${classes["row"] ?? ""} ${paint === undefined ? "" : (classes["paint"] ?? "")}`}
      data-row={row}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {drawnPeriods(texts).map(({ fromMin, toMin }) => (
        <div
          key={fromMin}
          className={classes["period"]}
          style={{ left: share(fromMin), width: share(toMin - fromMin) }}
        />
      ))}
      {now !== undefined && <div className={classes["now"]} style={{ left: share(now) }} />}
    </div>
  );
}
