import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PointStatus } from "../../../src/messages/api.ts";
import { useFormat } from "../site-data.ts";
import { ohmsText } from "./ohms.ts";

/** What is read of a supervised loop, and what was done to it; nothing for other contacts. */
export function LoopText({ contact }: { readonly contact: PointStatus }): ReactElement | null {
  const { t } = useTranslation("io");
  const format = useFormat();
  const { loop, level } = contact;
  // of a board that is away the last reading says nothing
  if (loop === undefined || level === "unknown") return null;
  const { state, ratio, ohms } = loop;
  return (
    <div data-loop={state}>
      {(state === "cut" || state === "short") && (
        <Text size="sm" c="red" fw={500}>
          {t(`loop.${state}`)}
        </Text>
      )}
      {ratio !== undefined && (
        <Text size="xs" c="dimmed">
          {t(ohms === undefined ? "loop.openReading" : "loop.reading", {
            ohms: ohmsText(ohms ?? 0, format),
            percent: format.percent(ratio),
          })}
        </Text>
      )}
    </div>
  );
}
