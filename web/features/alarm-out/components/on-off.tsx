import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { StateDot } from "../../../shared/ui/state-dot.tsx";

interface OnOffProps {
  readonly state: "on" | "off" | "unknown" | undefined;
  /** It is not what the output shall be. */
  readonly wrong?: boolean;
}

/** On, off or not known, in words; `undefined` = there is no such thing. */
export function OnOff({ state, wrong = false }: OnOffProps): ReactElement {
  const { t } = useTranslation("io");
  if (state === undefined)
    return (
      <Text span size="sm">
        –
      </Text>
    );
  const color = wrong ? "red" : state === "on" ? "orange" : "gray";
  return (
    <span data-on={state}>
      <StateDot color={color} label={t(`state.${state}`)} />
    </span>
  );
}
