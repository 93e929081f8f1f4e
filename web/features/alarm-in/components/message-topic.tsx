import { Anchor, Code, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { MqttSettings } from "../../../../src/domain/site-config.ts";
import { contactNow } from "../../../shared/io/points.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { said } from "../../../shared/said.ts";
import type { Input } from "../../../shared/types.ts";
import { TripButton } from "./trip-button.tsx";

interface MessageTopicProps {
  readonly of: MqttSettings["inputs"][number];
  readonly input: Input;
}

/** The topic that raises it, and what is read out of its messages. A button's topic has no title. */
export function MessageTopic({ of, input }: MessageTopicProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const contact = contactNow(
    useLive((state) => state.boards),
    input.board,
    input.point,
  );
  return (
    <>
      <Text size="sm">
        {t("network.topic")} <Code style={{ overflowWrap: "anywhere" }}>{of.topic}</Code>
      </Text>
      {of.message !== undefined && (
        <Text size="sm">
          {of.message.title === undefined ? t("network.titleAll") : t("network.titleIn", { member: of.message.title })}{" "}
          {of.message.id === undefined ? t("network.noId") : t("network.idIn", { member: of.message.id })}
        </Text>
      )}
      {contact.level === "fault" && (
        <Text size="sm" c="red">
          {contact.reason === undefined ? t("network.away") : said(contact.reason)}
        </Text>
      )}
      <Group gap="sm">
        {of.message !== undefined && <TripButton input={input} />}
        <Anchor component={Link} to={`/boards/${input.board}`} size="sm">
          {t("network.change")}
        </Anchor>
      </Group>
    </>
  );
}
