import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../../../shared/draft.ts";
import { LinkageFields } from "../../../shared/linkage/linkage-fields.tsx";
import { whenActs, type InputSettings } from "../model/settings.ts";
import { ScheduleField } from "./schedule-field.tsx";
import { Section } from "../../../shared/ui/section.tsx";

interface LinkageProps {
  readonly draft: Draft<InputSettings>;
  readonly input: number;
}

/** What an edge does: cameras, outputs, pictures, messages, pages. */
export function LinkageSection({ draft, input }: LinkageProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  return (
    <Section title={t("section.does")} says={t(`acts.${whenActs(draft.value.zone)}`)}>
      <LinkageFields draft={draft} self={input} />
      <ScheduleField draft={draft} />
    </Section>
  );
}
