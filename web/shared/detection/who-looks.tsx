import { Select } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { lookerOf, lookers, type OwnThing } from "../../../src/domain/detection/own-settings.ts";
import { useWord } from "./detection-data.ts";
import type { LinkedDraft } from "./linked-inputs.ts";
import { whoseNow, withLooker } from "./own.ts";

interface WhoLooksProps {
  readonly channel: number;
  readonly thing: OwnThing;
  readonly saved: LinkedDraft;
  readonly draft: LinkedDraft;
  readonly onDraft: (draft: LinkedDraft) => void;
  /** Where several of them stand side by side. */
  readonly label?: string;
}

/** Whether the camera or Reed looks for this; nothing is shown of a camera that nobody listens to. */
export function WhoLooks({ channel, thing, saved, draft, onDraft, label }: WhoLooksProps): ReactElement | null {
  const { t } = useTranslation("detection");
  const word = useWord(channel);
  if (draft.settings.own === undefined) return null;
  const now = saved.settings.own === undefined ? undefined : whoseNow(saved.settings, thing, word);
  return (
    <Select
      label={label ?? t("own.who")}
      description={now === undefined ? t("own.now.notApplied") : t(`own.now.${now}`)}
      data={lookers.map((value) => ({ value, label: t(`own.looker.${value}`) }))}
      value={lookerOf(draft.settings, thing)}
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
      onChange={(chosen) => {
        const looker = lookers.find((one) => one === chosen);
        if (looker !== undefined) onDraft(withLooker(draft, thing, looker));
      }}
    />
  );
}
