import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../said.ts";
import { StateDot } from "../ui/state-dot.tsx";
import { useWord } from "./detection-data.ts";

const colorOf = { connecting: "gray", online: "green", lost: "red", refused: "red" } as const;

/** How the camera itself is heard; nothing of a camera that nobody listens to. */
export function OwnState({ channel }: { readonly channel: number }): ReactElement | null {
  const { t } = useTranslation("detection");
  const word = useWord(channel);
  if (word === undefined) return null;
  const { state, reason } = word;
  return (
    <span data-own={state}>
      <StateDot
        color={colorOf[state]}
        label={reason === "" ? t(`own.state.${state}`) : t("own.state.because", { reason: said(reason) })}
      />
    </span>
  );
}
