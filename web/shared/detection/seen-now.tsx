import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../event-stream.ts";
import { contactNow } from "../io/points.ts";
import { said } from "../said.ts";
import { StateDot } from "../ui/state-dot.tsx";
import { seenNow } from "./watch-words.ts";

interface SeenNowProps {
  readonly board: number | undefined;
  readonly point: number;
}

const colorOf = { seen: "red", nothing: "green", unknown: "orange" } as const;

/** Whether it is seen now, by the settings that are in force; what is not watched is never called quiet. */
export function SeenNow({ board, point }: SeenNowProps): ReactElement {
  const { t } = useTranslation("detection");
  const boards = useLive((state) => state.boards);
  if (board === undefined) return <StateDot color="gray" label={t("seen.notApplied")} />;
  const { level, reason } = contactNow(boards, board, point);
  const now = seenNow(level);
  const label =
    now === "unknown" && reason !== undefined && reason !== ""
      ? t("seen.because", { reason: said(reason) })
      : t(`seen.${now}`);
  return (
    <span data-seen={now}>
      <StateDot color={colorOf[now]} label={label} />
    </span>
  );
}
