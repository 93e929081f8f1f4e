import { Alert } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Format } from "../../../shared/format.ts";
import type { StoredVolume, VolumeLimits } from "../api/storage.ts";
import { lossOf } from "../model/loss.ts";

interface LossProps {
  readonly volume: StoredVolume;
  readonly limits: VolumeLimits;
  readonly format: Format;
}

/** Names what would be deleted. */
export function Loss({ volume, limits, format }: LossProps): ReactElement | null {
  const { t } = useTranslation("storage");
  const [now] = useState(() => Date.now());
  const { bytes, days } = lossOf(volume, limits, now);
  if (bytes === 0 && days < 0.05) return null;
  return (
    <Alert color="orange" title={t("loss.title")}>
      {bytes > 0 && <div>{t("loss.bytes", { bytes: format.bytes(bytes) })}</div>}
      {days >= 0.05 && <div>{t("loss.days", { days: format.number(days, 1) })}</div>}
    </Alert>
  );
}
