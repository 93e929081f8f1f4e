import { Alert, Anchor, Button, Group, Grid, Stack } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useDraft } from "../../../shared/draft.ts";
import { useApplied } from "../../../shared/use-applied.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { contactNow, driverOf } from "../../../shared/io/points.ts";
import { useBoards, useInputs } from "../../../shared/site-data.ts";
import type { Input } from "../../../shared/types.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { OneRow } from "../../../shared/ui/one-row.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { useChangeInput } from "../api/inputs.ts";
import { activeWhenApplied, problemOf, settingsOf, type InputSettings } from "../model/settings.ts";
import { sourceOf } from "../model/source.ts";
import { ContactSection } from "./contact-section.tsx";
import { openCopy } from "./copy-dialog.tsx";
import { InputStatus } from "./input-status.tsx";
import { LinkageSection } from "./linkage-section.tsx";
import { MessageSection } from "./message-section.tsx";
import { NameSection } from "./name-section.tsx";
import { OfflineSection } from "./offline-section.tsx";
import { PictureSection } from "./picture-section.tsx";
import { SensorSection } from "./sensor-section.tsx";
import { RemoveInput } from "./remove-input.tsx";
import { ZoneSection } from "./zone-section.tsx";

/** One input: what it is, how its contact is wired (live), and what an edge does. */
export function InputPage({ number }: { readonly number: number }): ReactElement {
  const inputs = useInputs();
  return (
    <OneRow of={inputs} find={({ input }) => input === number} loading={{ rows: 6, height: 90 }}>
      {(input, all) => <Found input={input} all={all} />}
    </OneRow>
  );
}

function Found({ input, all }: { readonly input: Input; readonly all: readonly Input[] }): ReactElement {
  const { t } = useTranslation("alarm-in");
  const saved = settingsOf(input);
  const draft = useDraft<InputSettings>(saved);
  const change = useChangeInput(input.input);
  const boards = useLive((state) => state.boards);
  const contact = contactNow(boards, draft.value.board, draft.value.point);
  const problem = problemOf(draft.value);
  const rows = useBoards().data ?? [];
  const source = sourceOf(
    rows.map((board) => ({ board: board.board, driver: driverOf(board) })),
    input,
  );
  const applied = useApplied(draft, t("notSaved"));
  return (
    <Stack gap="md" pb={90}>
      <div>
        <Anchor component={Link} to="/alarm-in" size="sm">
          {t("back")}
        </Anchor>
        <PageHeader title={input.name} says={<InputStatus input={input} contact={contact} source={source} />}>
          <Button
            variant="default"
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={() => openCopy(t, { from: input, all })}
          >
            {t("copy.open")}
          </Button>
        </PageHeader>
      </div>
      {activeWhenApplied(saved, draft.value, contact.level) && (
        <Alert color="orange" role="alert" title={t("active.title")}>
          {t("active.says")}
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack gap="md">
            <NameSection draft={draft} />
            <ZoneSection draft={draft} />
            {source === "contact" && <ContactSection input={input} draft={draft} contact={contact} />}
            {source === "pictures" && <PictureSection input={input} draft={draft} contact={contact} />}
            {source === "network" && <MessageSection input={input} draft={draft} />}
            {source === "offline" && <OfflineSection input={input} />}
            {source === "contact" && <SensorSection draft={draft} contact={contact} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <LinkageSection draft={draft} input={input.input} />
        </Grid.Col>
      </Grid>
      <Group>
        <RemoveInput input={input} />
      </Group>
      <ApplyBar
        draft={draft}
        onApply={() => change.mutate(draft.value, applied)}
        applying={change.isPending}
        problem={problem === undefined ? undefined : t(`problem.${problem}`)}
      />
    </Stack>
  );
}
