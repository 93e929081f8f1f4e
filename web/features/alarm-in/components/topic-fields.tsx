import { Select, SimpleGrid, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Board } from "../../../shared/types.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";
import type { TopicDraft } from "../model/message.ts";

interface TopicFieldsProps {
  /** Brokers that the site knows; a new one can be named all the same. */
  readonly brokers: readonly Board[];
  readonly topic: TopicDraft;
  readonly onChange: (topic: TopicDraft) => void;
}

const another = "new";

/** Which broker, which topic, and where in the payload the title and the id stand. */
export function TopicFields({ brokers, topic, onChange }: TopicFieldsProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const data = [
    ...brokers.map(({ board, name }) => ({ value: String(board), label: name })),
    { value: another, label: t("network.newBroker") },
  ];
  const text = (key: "url" | "username" | "topic" | "title" | "id") => ({
    label: t(`network.field.${key}`),
    value: topic[key],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange({ ...topic, [key]: event.target.value }),
  });
  return (
    <>
      {brokers.length > 0 && (
        <Select
          label={t("network.field.broker")}
          data={data}
          value={String(topic.broker ?? another)}
          allowDeselect={false}
          onChange={(value) => onChange({ ...topic, broker: value === another ? undefined : Number(value) })}
        />
      )}
      {topic.broker === undefined && (
        <>
          <TextInput {...text("url")} placeholder="mqtt://192.168.1.5:1883" />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput {...text("username")} autoComplete="off" />
            <SecretField
              label={t("network.field.password")}
              autoComplete="off"
              value={topic.password}
              onChange={(event) => onChange({ ...topic, password: event.target.value })}
            />
          </SimpleGrid>
        </>
      )}
      <TextInput {...text("topic")} placeholder="gate/alarm" />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput {...text("title")} description={t("network.help.title")} placeholder="event.text" />
        <TextInput {...text("id")} description={t("network.help.id")} placeholder="event.id" />
      </SimpleGrid>
    </>
  );
}
