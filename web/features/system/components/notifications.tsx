import { Alert, Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconBellRinging, IconPlus } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said, saidName } from "../../../shared/said.ts";
import { PushSection } from "../../../shared/push/push-section.tsx";
import { useFormat, useNotifiers } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Notifier } from "../../../shared/types.ts";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import { useLastMessages, useRemoveNotifier, useTestNotifier } from "../api/notifiers.ts";
import type { LastMessage } from "../model/last-messages.ts";
import { addressOf } from "../model/notifier-fields.ts";
import { DeadLetters } from "./dead-letters.tsx";
import { NotifierForm } from "./notifier-form.tsx";
import { TestResult } from "./test-result.tsx";

/** System → Notifications: who is told of an alarm, whether the last message arrived, and a test that tells the truth. */
export function Notifications(): ReactElement {
  const { t } = useTranslation("system");
  const notifiers = useNotifiers();
  const last = useLastMessages();
  const edit = (notifier: Notifier | undefined) => {
    const id = modals.open({
      title: notifier === undefined ? t("notify.add") : t("notify.edit", { name: notifier.name }),
      children: <NotifierForm notifier={notifier} onClose={() => modals.close(id)} />,
    });
  };
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => edit(undefined)}>
      {t("notify.add")}
    </Button>
  );
  if (notifiers.error !== null) return <ErrorNote error={notifiers.error} onRetry={() => void notifiers.refetch()} />;
  if (notifiers.data === undefined) return <LoadingRows rows={2} height={130} />;
  if (notifiers.data.length === 0) {
    return (
      <Stack gap="md">
        <EmptyState icon={IconBellRinging} title={t("notify.empty")} says={t("notify.emptySays")}>
          {add}
        </EmptyState>
        <DeadLetters />
        <PushSection />
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" flex="1 1 240px">
          {t("notify.says")}
        </Text>
        {add}
      </Group>
      <DeadLetters />
      {notifiers.data.map((notifier) => (
        <NotifierCard
          key={notifier.notifier}
          notifier={notifier}
          last={last.data?.get(notifier.notifier)}
          onEdit={() => edit(notifier)}
        />
      ))}
      <PushSection />
    </Stack>
  );
}

interface NotifierCardProps {
  readonly notifier: Notifier;
  readonly last: LastMessage | undefined;
  readonly onEdit: () => void;
}

function NotifierCard({ notifier, last, onEdit }: NotifierCardProps): ReactElement {
  const { t } = useTranslation(["system", "common"]);
  const test = useTestNotifier();
  return (
    <Card withBorder p="md" component="section" aria-label={notifier.name}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ minWidth: 0, flex: "1 1 240px" }}>
          <Group gap="xs">
            <Title order={2}>{notifier.name}</Title>
            <Badge variant="light">{t(`notify.kinds.${notifier.kind}`)}</Badge>
            {!notifier.enabled && (
              <Badge variant="light" color="gray">
                {t("common:off")}
              </Badge>
            )}
          </Group>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {notifier.kind === "push" && notifier.people.length === 0 ? t("notify.everybody") : addressOf(notifier)}
          </Text>
          <Last last={last} />
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-md"
            loading={test.isPending}
            onClick={() => test.mutate(notifier.notifier)}
          >
            {t("notify.test")}
          </Button>
          <Button variant="default" size="compact-md" onClick={onEdit}>
            {t("common:edit")}
          </Button>
          <RemoveButton notifier={notifier} />
        </Group>
      </Group>
      {test.data !== undefined && <TestResult result={test.data} />}
      {test.error !== null && (
        <Alert color="red" mt="sm">
          {test.error.message}
        </Alert>
      )}
    </Card>
  );
}

function Last({ last }: { readonly last: LastMessage | undefined }): ReactElement {
  const { t } = useTranslation("system");
  const format = useFormat();
  if (last === undefined) return <StateDot color="gray" label={t("notify.lastNone")} />;
  const facts = { time: format.dateTime(last.at), about: saidName(last.about), why: said(last.why) };
  if (last.kind === "done") return <StateDot color="green" label={t("notify.lastDone", facts)} />;
  if (last.kind === "suppressed") return <StateDot color="gray" label={t("notify.lastKept", facts)} />;
  return <StateDot color="red" label={t("notify.lastFailed", facts)} />;
}

function RemoveButton({ notifier }: { readonly notifier: Notifier }): ReactElement {
  const { t } = useTranslation(["system", "common"]);
  const remove = useRemoveNotifier();
  const ask = () =>
    modals.openConfirmModal({
      title: t("notify.remove", { name: notifier.name }),
      children: t("notify.removeSays"),
      labels: { confirm: t("common:remove"), cancel: t("common:cancel") },
      confirmProps: { color: "red" },
      onConfirm: () =>
        remove.mutate(notifier.notifier, {
          onSuccess: () => tellDone(t("notify.removed", { name: notifier.name })),
          onError: (error) => tellFailure(t("notify.notRemoved"), error),
        }),
    });
  return (
    <Button variant="default" size="compact-md" onClick={ask} loading={remove.isPending}>
      {t("common:remove")}
    </Button>
  );
}
