import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import type { ModelRow } from "../api/models.ts";

/** Whether it runs, in words. */
export function ModelState({ row: { chosen, running } }: { readonly row: ModelRow }): ReactElement {
  const { t } = useTranslation("models");
  if (!chosen) return <StateDot color="gray" label={t("state.unused")} />;
  if (running === undefined) return <StateDot color="blue" label={t("state.waiting")} />;
  if (running.state === "failed")
    return <StateDot color="red" label={t("state.failed", { why: said(running.reason) })} />;
  const isOpen = running.state === "open";
  return <StateDot color={isOpen ? "green" : "blue"} label={t(isOpen ? "state.open" : "state.starting")} />;
}
