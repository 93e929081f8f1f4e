import { Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { unnamedSite } from "../../../../src/domain/site-config.ts";
import { currentLanguage } from "../../../shared/i18n.ts";
import type { Site } from "../../../shared/types.ts";
import { saveSite, useMark } from "../api/first-start.ts";
import { ClockNote } from "./clock-note.tsx";
import { StepFrame } from "./step-frame.tsx";

export interface StepProps {
  readonly onDone: () => void;
  readonly onSkip: () => void;
}

/** Every zone that this browser can show; the machine's own may be one that it does not list, like `UTC`. */
function zonesWith(...own: readonly string[]): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...own])].sort();
}

/** Name and time zone. The zone of the browser is the guess: who sets Reed up mostly sits where it records. */
export function SiteStep({ site, aheadMs, onDone, onSkip }: StepProps & { site: Site; aheadMs: number }): ReactElement {
  const { t } = useTranslation("first-start");
  const queries = useQueryClient();
  const mark = useMark();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isNew = site.name === unnamedSite;
  const [name, setName] = useState(isNew ? "" : site.name);
  const [timeZone, setTimeZone] = useState(isNew ? here : site.timeZone);
  const save = useMutation({
    mutationFn: async () => {
      const named = name.trim() === "" ? unnamedSite : name.trim();
      await saveSite({ name: named, timeZone, language: site.language ?? currentLanguage() });
      await mark.mutateAsync({ site: "done" });
      await queries.invalidateQueries({ queryKey: ["site"] });
    },
    onSuccess: onDone,
  });
  return (
    <StepFrame
      title={t("site.title")}
      says={t("site.says")}
      next={t("next")}
      onNext={() => save.mutate()}
      busy={save.isPending}
      error={save.error}
      onSkip={onSkip}
    >
      <TextInput
        label={t("site.name")}
        description={t("site.nameSays")}
        placeholder={t("site.namePlaceholder")}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t("site.zone")}
        description={timeZone === here ? t("site.zoneGuessed") : t("site.zoneOther", { here })}
        data={zonesWith(here, site.timeZone)}
        value={timeZone}
        onChange={(zone) => setTimeZone(zone ?? here)}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t("site.zoneNone")}
        maxDropdownHeight={260}
      />
      <ClockNote aheadMs={aheadMs} timeZone={timeZone} />
    </StepFrame>
  );
}
