import { SegmentedControl, Text } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { InputKind } from "../../../../src/domain/site-config.ts";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { NameAndKind, type Named } from "../../../shared/io/name-and-kind.tsx";
import { DialogForm, openMaking, type Making } from "../../../shared/ui/dialog-form.tsx";
import { useBoards } from "../../../shared/site-data.ts";
import { useAddMessage, type MadeMessage } from "../api/sources.ts";
import { isComplete, newTopic } from "../model/message.ts";
import { TopicFields } from "./topic-fields.tsx";

/** Asks for a name, a kind and the way: an address with a key, which is made for it, or a topic of a broker. */
export const openAddMessage = (title: string, onMade: (made: MadeMessage) => void): void =>
  openMaking(title, onMade, (making: Making<MadeMessage>) => <AddMessage {...making} />);

function AddMessage({ onClose, onMade }: Making<MadeMessage>): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const kinds = useInputKinds();
  const add = useAddMessage();
  const [value, setValue] = useState<Named<InputKind>>({ name: "", kind: "other" });
  const name = value.name.trim();
  const brokers = (useBoards().data ?? []).filter(({ driver }) => driver.kind === "mqtt");
  const [way, setWay] = useState<"http" | "mqtt">("http");
  const [topic, setTopic] = useState(newTopic(brokers[0]?.board));
  const on = way === "mqtt" ? topic : undefined;
  const boardName = t(on === undefined ? "network.board" : "network.broker");
  const send = () => add.mutate({ name, kind: value.kind, boardName, on }, { onSuccess: onMade });
  return (
    <DialogForm
      press={t("add", { ns: "common" })}
      sending={add}
      ready={name !== "" && (on === undefined || isComplete(on))}
      onSend={send}
      onClose={onClose}
    >
      <NameAndKind
        says={{ name: t("field.name"), kind: t("field.kind") }}
        kinds={kinds}
        icon={<KindIcon kind={value.kind} />}
        value={value}
        onChange={setValue}
      />
      <SegmentedControl
        fullWidth
        aria-label={t("network.way")}
        value={way}
        onChange={(next) => setWay(next === "mqtt" ? "mqtt" : "http")}
        data={(["http", "mqtt"] as const).map((one) => ({ value: one, label: t(`network.ways.${one}`) }))}
      />
      <Text size="sm">{t(`network.addSays.${way}`)}</Text>
      {way === "mqtt" && <TopicFields brokers={brokers} topic={topic} onChange={setTopic} />}
    </DialogForm>
  );
}
