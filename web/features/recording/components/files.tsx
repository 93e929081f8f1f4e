import { NumberInput, SimpleGrid } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { FileSettings } from "../../../../src/contract/recording.ts";
import { ranges } from "../../../../src/domain/site-config.ts";
import { useDraft } from "../../../shared/draft.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { useSetFiles } from "../api/recording.ts";
import { filesProblem } from "../model/files.ts";

interface FileDraft {
  readonly minutes: number | undefined;
  /** Undefined: by time alone. */
  readonly megabytes: number | undefined;
}

const numberOf = (value: string | number): number | undefined => (typeof value === "number" ? value : undefined);

/** How long a file of footage is. */
export function Files({ files }: { readonly files: FileSettings }): ReactElement {
  const { t } = useTranslation(["recording", "common"]);
  const draft = useDraft<FileDraft>({ minutes: files.minutes, megabytes: files.megabytes });
  const set = useSetFiles();
  const { minutes, megabytes } = draft.value;
  const problem = filesProblem(draft.value);
  const apply = () => {
    if (minutes === undefined) return;
    set.mutate(
      { minutes, ...(megabytes === undefined ? {} : { megabytes }) },
      {
        onSuccess: () => {
          draft.discard();
          tellDone(t("common:saved"));
        },
        onError: (error) => tellFailure(t("files.failed"), error),
      },
    );
  };
  return (
    <Section title={t("files.title")} says={t("files.says")}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={560}>
        <NumberInput
          label={t("files.minutes")}
          suffix=" min"
          min={ranges.fileMinutes[0]}
          max={ranges.fileMinutes[1]}
          allowDecimal={false}
          value={minutes ?? ""}
          error={problem === "minutes" && t("files.range", { min: ranges.fileMinutes[0], max: ranges.fileMinutes[1] })}
          onChange={(value) => draft.set({ minutes: numberOf(value) })}
        />
        <NumberInput
          label={t("files.megabytes")}
          placeholder={t("files.byTime")}
          suffix=" MB"
          min={ranges.fileMegabytes[0]}
          max={ranges.fileMegabytes[1]}
          clampBehavior="none"
          allowDecimal={false}
          value={megabytes ?? ""}
          error={
            problem === "megabytes" && t("files.range", { min: ranges.fileMegabytes[0], max: ranges.fileMegabytes[1] })
          }
          onChange={(value) => draft.set({ megabytes: numberOf(value) })}
        />
      </SimpleGrid>
      <ApplyBar
        draft={draft}
        onApply={apply}
        applying={set.isPending}
        problem={problem === undefined ? undefined : t(`files.problem.${problem}`)}
      />
    </Section>
  );
}
