import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useChannels, useFormat } from "../../../shared/site-data.ts";
import type { StoredVolume } from "../api/storage.ts";

/** How long the volume lasts, and what of it goes next and why: one sentence each. */
export function VolumeFacts({ volume }: { readonly volume: StoredVolume }): ReactElement {
  return (
    <div>
      <Coming volume={volume} />
      <Next volume={volume} />
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

function Next({ volume }: { readonly volume: StoredVolume }): ReactElement | null {
  const { t } = useTranslation("storage");
  const format = useFormat();
  const channels = useChannels();
  const { next } = volume;
  if (next === undefined) return volume.storedBytes > 0 ? <Text size="sm">{t("next.nothing")}</Text> : null;
  const name =
    channels.data?.find((one) => one.channel === next.channel)?.name ?? t("channel", { number: next.channel });
  const what = {
    name,
    from: format.dateTime(next.from),
    to: format.time(next.to),
    bytes: format.bytes(next.bytes),
  };
  const when = next.at === undefined ? t("next.whenNeeded") : t("next.at", { time: format.dateTime(next.at) });
  return (
    <Text size="sm">
      {t("next.what", what)} {when} {t(`next.${next.cause}`, { days: volume.keepDays })}
    </Text>
  );
}
