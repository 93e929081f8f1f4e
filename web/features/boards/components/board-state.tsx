import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { BoardStatus } from "../../../../src/messages/api.ts";
import { StateDot } from "../../../shared/ui/state-dot.tsx";

const colorOf: Record<BoardStatus["state"], "green" | "orange" | "red" | "gray"> = {
  online: "green",
  connecting: "orange",
  lost: "red",
  unauthorized: "red",
  off: "gray",
};

/** The link to a board, in words. */
export function BoardState({ status }: { readonly status: BoardStatus | undefined }): ReactElement | null {
  const { t } = useTranslation("io");
  if (status === undefined) return null;
  return <StateDot color={colorOf[status.state]} label={t(`link.${status.state}`)} />;
}
