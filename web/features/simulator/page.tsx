import { Alert, Grid } from "@mantine/core";
import { IconTestPipe } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { localClock } from "../../../src/kernel/local-time.ts";
import { useLive } from "../../shared/event-stream.ts";
import { useFormat, useInputs } from "../../shared/site-data.ts";
import type { Input } from "../../shared/types.ts";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { useSimulation } from "./api/simulate.ts";
import { AskForm } from "./components/ask-form.tsx";
import { Outcome } from "./components/outcome.tsx";
import { askOf, startOf, type AskDraft } from "./model/ask.ts";

/** Alarm → Simulator: "door 3, Sunday 02:10, in night", and what would happen. */
export default function Page(): ReactElement {
  const { t } = useTranslation("simulator");
  const inputs = useInputs();
  const mode = useLive((state) => state.arming.mode);
  return (
    <>
      <PageHeader title={t("title")} says={t("says")} />
      {inputs.isPending && <LoadingRows rows={3} height={90} />}
      {inputs.isError && <ErrorNote error={inputs.error} onRetry={() => void inputs.refetch()} />}
      {inputs.data?.length === 0 && <EmptyState icon={IconTestPipe} title={t("empty.title")} says={t("empty.says")} />}
      {inputs.data !== undefined && inputs.data.length > 0 && mode !== undefined && (
        <Simulator inputs={inputs.data} mode={mode} />
      )}
    </>
  );
}

function Simulator({ inputs, mode }: { readonly inputs: readonly Input[]; readonly mode: string }): ReactElement {
  const { t } = useTranslation("simulator");
  const { timeZone } = useFormat();
  const [draft, setDraft] = useState<AskDraft>(() =>
    startOf({ input: inputs[0]?.input ?? 1, mode, local: localClock(timeZone)(Date.now()) }),
  );
  const ask = askOf(draft);
  const simulation = useSimulation(ask);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 4 }}>
        <AskForm draft={draft} inputs={inputs} onChange={(part) => setDraft((before) => ({ ...before, ...part }))} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        {ask === undefined && <Alert color="orange">{t("incomplete")}</Alert>}
        {simulation.isError && <ErrorNote error={simulation.error} onRetry={() => void simulation.refetch()} />}
        {simulation.isPending && ask !== undefined && <LoadingRows rows={4} />}
        {simulation.data !== undefined && <Outcome simulation={simulation.data} />}
      </Grid.Col>
    </Grid>
  );
}
