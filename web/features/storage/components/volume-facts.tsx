import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { StoredVolume } from "../api/storage.ts";
import { NextToGo } from "./next-to-go.tsx";

/** How long the volume lasts, and what of it goes next and why: one sentence each. */
export function VolumeFacts({ volume }: { readonly volume: StoredVolume }): ReactElement {
  return (
    <div>
      <Coming volume={volume} />
      <Unreviewed volume={volume} />
      <NextToGo volume={volume} />
    </div>
  );
}

function Coming({ volume }: { readonly volume: StoredVolume }): ReactElement {
  const { t } = useTranslation("storage");
  const format = useFormat();
  const { forecast, keepDays } = volume;
  const perDay = format.bytes(volume.bytesPerDay);
  switch (forecast.kind) {
    case "unknown":
      return <Text size="sm">{t("forecast.unknown")}</Text>;
    case "age":
      return (
        <Text size="sm">{t("forecast.age", { perDay, days: keepDays, bytes: format.bytes(forecast.needBytes) })}</Text>
      );
    case "fills": {
      const days = format.number(forecast.reachDays, forecast.reachDays < 10 ? 1 : 0);
      return (
        <Text size="sm">
          <Trans
            t={t}
            i18nKey="forecast.fills"
            values={{ perDay, day: format.day(forecast.at), days }}
            components={{ b: <b /> }}
          />
        </Text>
      );
    }
    case "full": {
      const days = format.number(forecast.reachDays, forecast.reachDays < 10 ? 1 : 0);
      return <Text size="sm">{t("forecast.full", { perDay, days, keep: keepDays })}</Text>;
    }
  }
}

/** Alarms that nobody has acknowledged are protected, up to a share of the volume. */
function Unreviewed({ volume }: { readonly volume: StoredVolume }): ReactElement | null {
  const { t } = useTranslation("storage");
  const format = useFormat();
  const { unreviewedBytes, unreviewedCapBytes } = volume;
  if (unreviewedBytes === 0 || unreviewedCapBytes === undefined) return null;
  const over = unreviewedBytes > unreviewedCapBytes;
  return (
    <Text size="sm" c={over ? "var(--mantine-color-orange-text)" : undefined}>
      {t(over ? "unreviewed.over" : "unreviewed.within", {
        bytes: format.bytes(unreviewedBytes),
        cap: format.bytes(unreviewedCapBytes),
      })}
    </Text>
  );
}
