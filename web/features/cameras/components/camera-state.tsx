import { Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import { TimeText } from "../../../shared/ui/time-text.tsx";
import type { CameraView } from "../model/camera-view.ts";

/** Live, or why not and since when. */
export function CameraState({
  view,
  withReason = true,
}: {
  readonly view: CameraView;
  readonly withReason?: boolean;
}): ReactElement {
  const { t } = useTranslation("cameras");
  const away = view.state === "down" || view.state === "refused";
  return (
    <Stack gap={0}>
      <StateDot color={view.color} label={t(`state.${view.state}`)} />
      {withReason && view.reason !== "" && (
        <Text size="xs" maw={300}>
          {said(view.reason)}
        </Text>
      )}
      {away && view.since !== undefined && (
        <Text size="xs" c="dimmed">
          {t("state.since")} <TimeText at={view.since} />
        </Text>
      )}
    </Stack>
  );
}
