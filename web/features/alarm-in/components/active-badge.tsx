import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { StateDot } from "../../../shared/ui/state-dot.tsx";

const colorOf = { rest: "green", active: "red", unknown: "orange" } as const;

/** At rest, active, or not known: in words. */
export function ActiveBadge({ state }: { readonly state: "rest" | "active" | "unknown" }): ReactElement {
  const { t } = useTranslation("alarm-in");
  return (
    <span data-state={state} style={{ whiteSpace: "nowrap" }}>
      <StateDot color={colorOf[state]} label={t(`state.${state}`)} />
    </span>
  );
}
