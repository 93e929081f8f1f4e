import { Badge } from "@mantine/core";
import { IconPlayerRecordFilled } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../../shared/use-now.ts";
import { useFormat } from "../../../shared/site-data.ts";

/** That it is recorded by hand, and how long it still will be. */
export function RecordingFor({ until }: { readonly until: number }): ReactElement {
  const { t } = useTranslation("live");
  const format = useFormat();
  const left = Math.max(0, Math.round((until - useNow()) / 1000) * 1000);
  return (
    <Badge size="sm" color="red" tt="none" leftSection={<IconPlayerRecordFilled size={10} aria-hidden />}>
      {t("recordingFor", { left: format.duration(left) })}
    </Badge>
  );
}
