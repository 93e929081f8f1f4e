import { Grid, Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useArmingSettings, type ArmingSettingsAnswer } from "../../shared/arming/arming-data.ts";
import { useDraft } from "../../shared/draft.ts";
import { useApplied } from "../../shared/use-applied.ts";
import { useInputs } from "../../shared/site-data.ts";
import type { Input } from "../../shared/types.ts";
import { ApplyBar } from "../../shared/ui/apply-bar.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { useSaveArming } from "./api/save.ts";
import { CodesCard } from "./components/codes-card.tsx";
import { DisarmCard } from "./components/disarm-card.tsx";
import { ModesCard } from "./components/modes-card.tsx";
import { NowCard } from "./components/now-card.tsx";
import { ZonesCard } from "./components/zones-card.tsx";
import { draftOf, problemOf, type ArmingDraft } from "./model/arming-draft.ts";

/** Alarm → Arming: how it is armed now, modes and delays, which input in which mode, disarm linkage, codes. */
export default function Page(): ReactElement {
  const { t } = useTranslation("arming");
  const settings = useArmingSettings();
  const inputs = useInputs();
  return (
    <Stack gap="md" pb={90}>
      <PageHeader title={t("title")} says={t("says")} />
      {settings.isError ? (
        <ErrorNote error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data === undefined || inputs.data === undefined ? (
        <LoadingRows rows={5} height={90} />
      ) : (
        <Found settings={settings.data} inputs={inputs.data} />
      )}
    </Stack>
  );
}

interface FoundProps {
  readonly settings: ArmingSettingsAnswer;
  readonly inputs: readonly Input[];
}

function Found({ settings, inputs }: FoundProps): ReactElement {
  const { t } = useTranslation("arming");
  const saved = draftOf(settings, inputs);
  const draft = useDraft<ArmingDraft>(saved);
  const save = useSaveArming(saved, inputs);
  const problem = problemOf(draft.value);
  const applied = useApplied(draft, t("notSaved"));
  return (
    <>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <NowCard modes={settings.modes} inputs={inputs} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <ModesCard draft={draft} />
        </Grid.Col>
      </Grid>
      <ZonesCard draft={draft} inputs={inputs} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <DisarmCard draft={draft} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <CodesCard />
        </Grid.Col>
      </Grid>
      <ApplyBar
        draft={draft}
        onApply={() => save.mutate(draft.value, applied)}
        applying={save.isPending}
        problem={problem === undefined ? undefined : t(`problem.${problem}`)}
      />
    </>
  );
}
