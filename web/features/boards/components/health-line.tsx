import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { BoardStatus } from "../../../../src/messages/api.ts";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";

/** In one line: since when it is so, and why when it is not well. */
export function HealthLine({ status }: { readonly status: BoardStatus }): ReactElement {
  const { t } = useTranslation("boards");
  const format = useFormat();
  const at = format.dateTime(status.since);
  if (status.state === "online") {
    return (
      <Text size="sm">
        {t("health.since", { at })}
        {status.health.pollMedianMs > 0 && ` · ${t("health.every", { ms: format.number(status.health.pollMedianMs) })}`}
      </Text>
    );
  }
  return (
    <Text size="sm" c={status.state === "off" ? "dimmed" : "red"}>
      {t("health.away", { at })}
      {status.reason !== "" && `: ${said(status.reason)}`}
    </Text>
  );
}
