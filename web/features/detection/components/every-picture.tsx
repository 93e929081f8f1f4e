import { Switch } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { withEveryPicture } from "../model/draft.ts";

interface EveryPictureProps {
  readonly draft: LinkedDraft;
  readonly onDraft: (draft: LinkedDraft) => void;
}

/** How much of the stream is decoded; for whoever does not trust what is left out. */
export function EveryPicture({ draft, onDraft }: EveryPictureProps): ReactElement {
  const { t } = useTranslation("detection");
  return (
    <Section title={t("advanced.title")}>
      <Switch
        label={t("advanced.every")}
        description={t("advanced.everySays")}
        checked={draft.settings.everyPicture === true}
        onChange={({ currentTarget }) => onDraft(withEveryPicture(draft, currentTarget.checked))}
      />
    </Section>
  );
}
