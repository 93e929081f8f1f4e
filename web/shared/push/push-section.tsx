import { Alert, Badge, Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconDeviceMobileMessage, IconInfoCircle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "../said.ts";
import { useFormat } from "../site-data.ts";
import { tellDone } from "../tell.ts";
import { ErrorNote } from "../ui/error-note.tsx";
import { LoadingRows } from "../ui/loading-rows.tsx";
import { Section } from "../ui/section.tsx";
import { useOwnPush, useSubscribe, useUnsubscribe, type SubscriptionAnswer } from "./push-api.ts";
import { DeniedError, pushFacts } from "./push-browser.ts";
import { pushHindrance, type PushHindrance } from "./push-state.ts";

/** One's own phones and browsers: this one is subscribed or says why it can't be, any of them is removed. */
export function PushSection(): ReactElement {
  const { t } = useTranslation("common");
  const own = useOwnPush();
  const hindrance = pushHindrance(pushFacts());
  return (
    <Section title={t("push.title")} says={t("push.says")}>
      {own.error !== null && <ErrorNote error={own.error} onRetry={() => void own.refetch()} />}
      {own.isPending && <LoadingRows rows={1} height={40} />}
      {own.data?.subscriptions.map((one) => (
        <Subscribed key={one.subscription} one={one} here={one === own.data.here} />
      ))}
      {hindrance !== undefined && <Hindrance why={hindrance} />}
      {hindrance === undefined && own.data !== undefined && own.data.here === undefined && <Subscribe />}
    </Section>
  );
}

function Hindrance({ why }: { readonly why: PushHindrance }): ReactElement {
  const { t } = useTranslation("common");
  return (
    <Alert color="blue" icon={<IconInfoCircle size={18} aria-hidden />} title={t(`push.why.${why}`)}>
      {why === "insecure" && (
        <Code mb="xs" display="inline-block">
          {window.location.origin}
        </Code>
      )}
      <Text size="sm">{t(`push.then.${why}`)}</Text>
    </Alert>
  );
}

function Subscribe(): ReactElement {
  const { t } = useTranslation("common");
  const subscribe = useSubscribe();
  const start = () => subscribe.mutate(undefined, { onSuccess: () => tellDone(t("push.done")) });
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        leftSection={<IconDeviceMobileMessage size={18} aria-hidden />}
        loading={subscribe.isPending}
        onClick={start}
      >
        {t("push.subscribe")}
      </Button>
      {subscribe.error instanceof DeniedError && <Hindrance why="denied" />}
      {subscribe.error !== null && !(subscribe.error instanceof DeniedError) && (
        <Alert color="red" title={t("push.notDone")}>
          {saidOf(subscribe.error)}
        </Alert>
      )}
    </Stack>
  );
}

interface SubscribedProps {
  readonly one: SubscriptionAnswer;
  readonly here: boolean;
}

function Subscribed({ one, here }: SubscribedProps): ReactElement {
  const { t } = useTranslation("common");
  const format = useFormat();
  const remove = useUnsubscribe();
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <div style={{ minWidth: 0, flex: "1 1 200px" }}>
          <Group gap="xs">
            <Text fw={500} style={{ overflowWrap: "anywhere" }}>
              {one.name}
            </Text>
            {here && <Badge variant="light">{t("push.here")}</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            {t("push.since", { time: format.dateTime(one.since) })}
          </Text>
        </div>
        <Button
          variant="default"
          size="compact-md"
          loading={remove.isPending}
          aria-label={t("push.removeOf", { name: one.name })}
          onClick={() => remove.mutate({ subscription: one.subscription, here })}
        >
          {t("remove")}
        </Button>
      </Group>
      {remove.error !== null && <ErrorNote error={remove.error} />}
    </Stack>
  );
}
