import { Anchor, Button, Grid, Stack } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../shared/event-stream.ts";
import { useDraft } from "../../../shared/draft.ts";
import { useApplied } from "../../../shared/use-applied.ts";
import { useBoards, useOutputs } from "../../../shared/site-data.ts";
import type { Output } from "../../../shared/types.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { OneRow } from "../../../shared/ui/one-row.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { useChangeOutput } from "../api/outputs.ts";
import { problemOf, settingsOf, timedByBoard, type OutputSettings } from "../model/settings.ts";
import { BehaviourSection } from "./behaviour-section.tsx";
import { openCopyOutput } from "./copy-dialog.tsx";
import { OutputNow } from "./output-now.tsx";
import { OutputSettingsForm } from "./output-settings.tsx";
import { RelaySection } from "./relay-section.tsx";
import { RemoveOutput } from "./remove-output.tsx";

/** One output: what is true of it now, its mode and test, and its settings. */
export function OutputPage({ number }: { readonly number: number }): ReactElement {
  const outputs = useOutputs();
  return (
    <OneRow of={outputs} find={({ output }) => output === number} loading={{ rows: 4, height: 90 }}>
      {(output) => <Found output={output} />}
    </OneRow>
  );
}

function Found({ output }: { readonly output: Output }): ReactElement {
  const { t } = useTranslation(["alarm-out", "io"]);
  const draft = useDraft<OutputSettings>(settingsOf(output));
  const change = useChangeOutput(output.output);
  const board = useBoards().data?.find((one) => one.board === output.board);
  const all = useOutputs().data ?? [];
  const live = useLive((state) => state.outputs.find((one) => one.output === output.output));
  const problem = problemOf(draft.value);
  const applied = useApplied(draft, t("notSaved"));
  const apply = () => change.mutate({ ...draft.value, mode: live?.mode ?? output.mode }, applied);
  return (
    <Stack gap="md" pb={90}>
      <div>
        <Anchor component={Link} to="/alarm-out" size="sm">
          {t("back")}
        </Anchor>
        <PageHeader
          title={output.name}
          says={
            <Anchor component={Link} to={`/boards/${output.board}`} size="sm">
              {t("relayPlace", { ns: "io", board: board?.name ?? output.board, point: output.point })}
            </Anchor>
          }
        >
          <Button
            variant="default"
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={() => openCopyOutput(t, output, all)}
          >
            {t("copy.open")}
          </Button>
        </PageHeader>
      </div>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack gap="md">
            <OutputNow output={output} />
            <OutputSettingsForm draft={draft} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack gap="md">
            <BehaviourSection draft={draft} timedByBoard={timedByBoard(board?.driver, output)} />
            <RelaySection draft={draft} output={output.output} operations={live?.operations} saved={output} />
          </Stack>
        </Grid.Col>
      </Grid>
      <div>
        <RemoveOutput output={output} />
      </div>
      <ApplyBar
        draft={draft}
        onApply={apply}
        applying={change.isPending}
        problem={problem === undefined ? undefined : t(`problem.${problem}`)}
      />
    </Stack>
  );
}
