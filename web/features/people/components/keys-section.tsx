import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { DialogForm } from "../../../shared/ui/dialog-form.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { useAddKey, useKeys, useRemoveKey, type Key, type Scope } from "../api/people.ts";
import { ShownOnce } from "./shown-once.tsx";

/** Keys for programs and scripts: each may do what it was made for. */
export function KeysSection(): ReactElement {
  const { t } = useTranslation("people");
  const keys = useKeys();
  const remove = useRemoveKey();
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const ask = (key: Key) =>
    modals.openConfirmModal({
      title: t("keys.removeTitle", { name: key.name }),
      children: <Text size="sm">{t("keys.removeSays")}</Text>,
      labels: { confirm: t("keys.remove"), cancel: t("cancel") },
      confirmProps: { color: "red" },
      onConfirm: () => remove.mutate(key.id),
    });
  const columns: TableColumn<Key>[] = [
    { key: "name", title: t("keys.name"), value: (key) => key.name },
    { key: "scopes", title: t("keys.may"), value: (key) => key.scopes.map((scope) => t(`scopes.${scope}`)).join(", ") },
    { key: "since", title: t("users.since"), value: (key) => format.day(key.createdAt) },
    {
      key: "do",
      title: t("keys.remove"),
      value: () => "",
      draw: (key) => (
        <Button size="compact-sm" variant="light" color="red" onClick={() => ask(key)}>
          {t("keys.remove")}
        </Button>
      ),
    },
  ];
  if (keys.error !== null) return <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />;
  if (keys.data === undefined) return <LoadingRows />;
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t("keys.add")}
    </Button>
  );
  return (
    <>
      {remove.error !== null && <ErrorNote error={remove.error} />}
      {keys.data.length === 0 ? (
        <EmptyState icon={IconKey} title={t("keys.empty")} says={t("keys.emptySays")}>
          {add}
        </EmptyState>
      ) : (
        <DataTable
          label={t("sections.keys")}
          rows={keys.data}
          columns={columns}
          keyOf={(key) => key.id}
          nameOf={(key) => key.name}
        >
          {add}
        </DataTable>
      )}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t("keys.add")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <AddKey onClose={() => setAdding(false)} />
      </Modal>
    </>
  );
}

const scopes: readonly Scope[] = ["read", "live", "footage", "arm", "control", "configure", "metrics"];

function AddKey({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("people");
  const add = useAddKey();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Scope[]>(["read"]);
  const flip = (scope: Scope) =>
    setChosen((now) => (now.includes(scope) ? now.filter((one) => one !== scope) : [...now, scope]));
  if (add.data !== undefined) {
    return (
      <Stack gap="md">
        <ShownOnce label={t("keys.label")} text={add.data.key} says={t("keys.once")} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t("done")}</Button>
        </Group>
      </Stack>
    );
  }
  const good = name.trim() !== "" && chosen.length > 0;
  return (
    <DialogForm
      press={t("keys.make")}
      sending={add}
      ready={good}
      onSend={() => add.mutate({ name: name.trim(), scopes: chosen })}
      onClose={onClose}
    >
      <TextInput
        label={t("keys.name")}
        description={t("keys.nameSays")}
        value={name}
        maxLength={100}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group label={t("keys.may")}>
        <Stack gap={6} mt={4}>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={t(`scopes.${scope}`)}
              description={t(`scopeSays.${scope}`)}
              checked={chosen.includes(scope)}
              onChange={() => flip(scope)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </DialogForm>
  );
}
