import { Alert, Anchor, Button, Group, Select, Text } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Fragment, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { minutesOfDay } from "../../../../src/domain/weekly-schedule.ts";
import { useSchedules } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { timesOf, weekOf, type RowOfWeek, type WeekType } from "../model/week.ts";
import { openCopy } from "./copy-dialog.ts";
import classes from "./week.module.css";

/** Where each type lies in a row, so that none hides another: of 24. */
const lanes = { general: [0, 24], motion: [0, 10], alarm: [19, 5] } as const satisfies Record<WeekType, unknown>;
const drawn = ["general", "motion", "alarm"] as const;
const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24];

/** The week of a camera in its colours: seven days, and holidays where they differ. */
export function Week({ cameras }: { readonly cameras: readonly Channel[] }): ReactElement {
  const { t } = useTranslation(["recording", "schedules"]);
  const schedules = useSchedules().data ?? [];
  const [chosen, choose] = useState<string | null>(null);
  const camera = cameras.find(({ channel }) => String(channel) === chosen) ?? cameras[0];
  const others = cameras.filter((one) => one !== camera);
  return (
    <Section title={t("week.title")} says={t("week.says")}>
      <Group align="end">
        <Select
          label={t("column.camera")}
          data={cameras.map(({ channel, name }) => ({ value: String(channel), label: name }))}
          value={camera === undefined ? null : String(camera.channel)}
          onChange={choose}
          allowDeselect={false}
        />
        <Button
          variant="default"
          leftSection={<IconCopy size={16} aria-hidden />}
          disabled={others.length === 0}
          onClick={() => openCopy(t, cameras, [], camera?.channel)}
        >
          {t("copy.open")}
        </Button>
        <Anchor component={Link} to="/schedules" size="sm" py={8}>
          {t("week.change")}
        </Anchor>
      </Group>
      {camera?.recordMode === "off" ? (
        <Alert color="red" role="note">
          {t("week.private")}
        </Alert>
      ) : (
        <div className={classes["grid"]}>
          <span />
          <div className={classes["hours"]} aria-hidden>
            {hours.map((hour) => (
              <span key={hour}>{hour}</span>
            ))}
          </div>
          {camera !== undefined && weekOf(camera, schedules).map((row) => <Day key={row.row} day={row} />)}
        </div>
      )}
      {camera?.atHome !== undefined && (
        <Text size="sm" c="dimmed">
          {t(camera.atHome.alarms === "nothing" ? "week.atHomeNothing" : "week.atHome")}
        </Text>
      )}
    </Section>
  );
}

function Day({ day: { row, types } }: { readonly day: RowOfWeek }): ReactElement {
  const { t } = useTranslation(["recording", "schedules"]);
  const words = drawn
    .filter((type) => types[type].length > 0)
    .map((type) => `${t(`types.${type}.name`)} ${timesOf(types[type])}`)
    .join("; ");
  return (
    <Fragment>
      <Text size="xs" c="dimmed">
        {t(`schedules:short.${row}`)}
      </Text>
      <svg
        className={classes["day"]}
        viewBox={`0 0 ${minutesOfDay} 24`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t(`schedules:day.${row}`)}: ${words}`}
      >
        <title>{words}</title>
        {drawn.map((type) =>
          types[type].map(({ fromMin, toMin }) => (
            <rect
              key={`${type} ${fromMin}`}
              className={classes[type]}
              x={fromMin}
              width={toMin - fromMin}
              y={lanes[type][0]}
              height={lanes[type][1]}
            />
          )),
        )}
        {hours.slice(1, -1).map((hour) => (
          <line
            key={hour}
            className={classes["line"]}
            x1={hour * 60}
            x2={hour * 60}
            y1={0}
            y2={24}
            opacity={0.5}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </Fragment>
  );
}
