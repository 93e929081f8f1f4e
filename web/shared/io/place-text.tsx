import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Place } from "./points.ts";

/** Where a contact or relay is found on its device, small: "discrete input 0 · 10001", or its topic. */
export function PlaceText({ place }: { readonly place: Place }): ReactElement | null {
  const { t } = useTranslation("io");
  if (place.kind === "none") return null;
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
      {place.kind === "topic" && place.topic}
      {place.kind === "line" && t("line", { line: place.line })}
      {place.kind === "modbus" && `${t(`area.${place.area}`, { address: place.address })} · ${place.reference}`}
    </Text>
  );
}
