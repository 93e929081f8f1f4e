import { ActionIcon, Button, Group, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import { useAddCode, useCodes, useRemoveCode, type Code } from "../api/codes.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";
import { Section } from "../../../shared/ui/section.tsx";

/** Whose codes there are; a code itself is never shown again. */
export function CodesCard(): ReactElement {
  const { t } = useTranslation("arming");
  const codes = useCodes().data ?? [];
  return (
    <Section fill title={t("card.codes")} says={t("codes.says")}>
      {codes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("codes.none")}
        </Text>
      )}
      {codes.map((code) => (
        <Row key={code.code} code={code} />
      ))}
      <AddCode />
    </Section>
  );
}

function Row({ code }: { readonly code: Code }): ReactElement {
  const { t } = useTranslation("arming");
  const remove = useRemoveCode();
  const press = () =>
    remove.mutate(code.code, {
      onSuccess: () => tellDone(t("codes.removed", { name: code.name })),
      onError: (error) => tellFailure(t("failed"), error),
    });
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{code.name}</Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("codes.remove", { name: code.name })}
        loading={remove.isPending}
        onClick={press}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function AddCode(): ReactElement {
  const { t } = useTranslation("arming");
  const add = useAddCode();
  const [name, setName] = useState("");
  const [pin, setPin] = useState("");
  const complete = name.trim() !== "" && /^\d{4,8}$/.test(pin);
  const press = () =>
    add.mutate(
      { name: name.trim(), pin },
      {
        onSuccess: () => {
          tellDone(t("codes.added", { name: name.trim() }));
          setName("");
          setPin("");
        },
        onError: (error) => tellFailure(t("codes.failed"), error),
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) press();
      }}
    >
      <Group gap="xs" align="flex-end">
        <TextInput
          style={{ flex: "1 1 120px" }}
          label={t("codes.name")}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SecretField
          style={{ flex: "1 1 150px" }}
          label={t("codes.pin")}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value.replaceAll(/\D/g, ""))}
        />
        <Button type="submit" variant="default" disabled={!complete} loading={add.isPending}>
          {t("codes.add")}
        </Button>
      </Group>
    </form>
  );
}
