import { Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { StoredVolume } from "../api/storage.ts";
import { fillOf } from "../model/fill.ts";
import classes from "./fill-bar.module.css";

const known = ["continuous", "motion", "alarm", "intelligent", "manual", "other", "free"] as const;
type Known = (typeof known)[number];
const isKnown = (what: string): what is Known => known.some((one) => one === what);

/** What lies on a volume, by what it shows, with the sizes in words below. */
export function FillBar({ volume }: { readonly volume: StoredVolume }): ReactElement | null {
  const { t } = useTranslation("storage");
  const format = useFormat();
  const { parts, limit } = fillOf(volume);
  if (parts.length === 0) return null;
  const nameOf = (what: string) => (isKnown(what) ? t(`parts.${what}`) : what);
  return (
    <div>
      <div className={classes["bar"]} aria-hidden>
        {parts.map(({ what, share }) => (
          <div
            key={what}
            className={`${classes["part"]} ${classes[what] ?? classes["other"]}`}
            style={{ width: `${share * 100}%` }}
          />
        ))}
        {limit !== undefined && <div className={classes["limit"]} style={{ left: `calc(${limit * 100}% - 1px)` }} />}
      </div>
      <Group gap="md" mt="xs">
        {parts.map(({ what, bytes }) => (
          <Group key={what} gap={6} wrap="nowrap">
            <span className={`${classes["key"]} ${classes[what] ?? classes["other"]}`} aria-hidden />
            <Text size="sm">
              {nameOf(what)} {format.bytes(bytes)}
            </Text>
          </Group>
        ))}
      </Group>
    </div>
  );
}
