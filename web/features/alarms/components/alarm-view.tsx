import { Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconCheck, IconChecks, IconShieldDown } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { AlarmDetail } from "../../../../src/contract/alarm.ts";
import { useFormat, useMay } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useAlarm } from "../api/alarms.ts";
import classes from "./inbox.module.css";
import { ReceiptView } from "./receipt-view.tsx";
import { ResolveDialog } from "./resolve-dialog.tsx";
import { SaveDialog } from "./save-dialog.tsx";
import { SavedFiles } from "./saved-files.tsx";
import { StepPlayers } from "./step-players.tsx";
import { useSentence } from "../../../shared/alarm-words/use-sentence.ts";
import { Verdict } from "./verdict.tsx";

interface AlarmViewProps {
  readonly id: string;
  readonly onAcknowledge: (id: string) => void;
}

/** One alarm: its sentence, the cameras in step, the receipt, and what can be done about it. */
export function AlarmView({ id, onAcknowledge }: AlarmViewProps): ReactElement {
  const { t } = useTranslation("alarms");
  const { data: alarm, error, refetch } = useAlarm(id);
  const mayWatch = useMay("footage");
  return (
    <Stack gap="md">
      <Button
        className={classes["back"] ?? ""}
        renderRoot={(props) => (
          <Link to="/alarms/{-$alarm}" params={{ alarm: undefined }} search={(now) => now} {...props} />
        )}
        variant="default"
        size="compact-md"
        w="fit-content"
        leftSection={<IconArrowLeft size={16} aria-hidden />}
      >
        {t("back")}
      </Button>
      {error !== null && alarm === undefined && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {alarm === undefined && error === null && <Waiting />}
      {alarm !== undefined && (
        <>
          <Head alarm={alarm} onAcknowledge={onAcknowledge} />
          {mayWatch && <StepPlayers key={alarm.id} alarm={alarm} />}
          <SavedFiles alarmId={alarm.id} />
          {alarm.receipts.map((receipt) => (
            <ReceiptView key={receipt.edge.eventId} receipt={receipt} />
          ))}
        </>
      )}
    </Stack>
  );
}

const Waiting = (): ReactElement => (
  <Stack gap="md" aria-hidden>
    <Skeleton h={64} />
    <Skeleton h={300} />
    <Skeleton h={160} />
  </Stack>
);

/** `user anna` is anna; a key is named as one. */
const whoOf = (by: string): string => by.replace(/^user /, "");

interface HeadProps {
  readonly alarm: AlarmDetail;
  readonly onAcknowledge: (id: string) => void;
}

function Head({ alarm, onAcknowledge }: HeadProps): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const { head, rest } = useSentence()(alarm);
  const mayAct = useMay("control");
  const maySave = useMay("footage") && alarm.cameras.some((camera) => camera.from !== undefined);
  const [dialog, setDialog] = useState<"resolve" | "save">();
  const close = () => setDialog(undefined);
  return (
    <Stack gap="xs">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Verdict verdict={alarm.verdict} />
        <div>
          <Title order={2}>{head}</Title>
          <Text c={alarm.verdict === "bad" ? "red" : undefined}>{rest}</Text>
          <Text size="sm" c="dimmed">
            {format.day(alarm.at)} · {t(`state.${alarm.state}`)}
            {alarm.acknowledged !== undefined &&
              ` · ${t("acknowledgedBy", { by: whoOf(alarm.acknowledged.by), time: format.dateTime(alarm.acknowledged.at) })}`}
          </Text>
          {alarm.resolved !== undefined && (
            <Text size="sm">
              {t("resolvedBy", { by: whoOf(alarm.resolved.by), time: format.dateTime(alarm.resolved.at) })}
              {alarm.resolved.note !== "" && `: ${alarm.resolved.note}`}
            </Text>
          )}
        </div>
      </Group>
      <Group gap="xs">
        {mayAct && alarm.state === "new" && (
          <Button leftSection={<IconCheck size={16} aria-hidden />} onClick={() => onAcknowledge(alarm.id)}>
            {t("acknowledge")}
          </Button>
        )}
        {mayAct && (
          <Button
            variant="default"
            leftSection={<IconChecks size={16} aria-hidden />}
            onClick={() => setDialog("resolve")}
          >
            {alarm.state === "resolved" ? t("changeNote") : t("resolve.open")}
          </Button>
        )}
        {maySave && (
          <Button
            variant="default"
            leftSection={<IconShieldDown size={16} aria-hidden />}
            onClick={() => setDialog("save")}
          >
            {t("save.open")}
          </Button>
        )}
      </Group>
      <ResolveDialog key={`resolve-${alarm.id}`} alarm={alarm} opened={dialog === "resolve"} onClose={close} />
      <SaveDialog key={`save-${alarm.id}`} alarm={alarm} opened={dialog === "save"} onClose={close} />
    </Stack>
  );
}
