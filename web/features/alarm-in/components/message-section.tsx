import { Button, Code, Group, Table, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../../../shared/draft.ts";
import { showNewKeys } from "../../../shared/io/new-keys.tsx";
import { driverOf } from "../../../shared/io/points.ts";
import { useBoards } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { useRenewKey } from "../api/sources.ts";
import { AntiDitherField } from "./anti-dither-field.tsx";
import type { InputSettings } from "../model/settings.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { MessageTopic } from "./message-topic.tsx";
import { TripButton } from "./trip-button.tsx";

interface MessageSectionProps {
  readonly input: Input;
  readonly draft: Draft<InputSettings>;
}

/** Raised by a message: how it is sent, and what becomes of repeats. There is no contact, so no NO or NC. */
export function MessageSection({ input, draft }: MessageSectionProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const board = useBoards().data?.find((one) => one.board === input.board);
  const driver = board === undefined ? undefined : driverOf(board);
  const topic = driver?.kind === "mqtt" ? driver.inputs.find(({ point }) => point === input.point) : undefined;
  return (
    <Section title={t("section.message")} says={t(topic === undefined ? "network.says" : "network.topicSays")}>
      {topic !== undefined && <MessageTopic of={topic} input={input} />}
      {driver?.kind === "http-trigger" && <Address input={input} />}
      <AntiDitherField draft={draft} maw={260} />
    </Section>
  );
}

const verbs = ["pulse", "start", "stop"] as const;

function Address({ input }: { readonly input: Input }): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const renew = useRenewKey();
  const ask = () =>
    modals.openConfirmModal({
      title: t("network.renew"),
      children: t("network.renewSays"),
      labels: { confirm: t("network.renew"), cancel: t("cancel", { ns: "common" }) },
      onConfirm: () =>
        renew.mutate(input, {
          onSuccess: (keys) => showNewKeys(t("network.keyTitle"), keys),
          onError: (error) => tellFailure(t("network.notRenewed"), error),
        }),
    });
  return (
    <>
      <Table withRowBorders={false} verticalSpacing={4} aria-label={t("network.addresses")}>
        <Table.Tbody>
          {verbs.map((verb) => (
            <Table.Tr key={verb}>
              <Table.Td pl={0}>
                <Code style={{ overflowWrap: "anywhere" }}>{`/trigger/k/${t("network.key")}/${verb}`}</Code>
              </Table.Td>
              <Table.Td>
                <Text size="sm">{t(`network.verb.${verb}`)}</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm">{t("network.fields")}</Text>
      <Group gap="sm">
        <TripButton input={input} />
        <Button variant="subtle" onClick={ask} loading={renew.isPending}>
          {t("network.renew")}
        </Button>
      </Group>
    </>
  );
}
