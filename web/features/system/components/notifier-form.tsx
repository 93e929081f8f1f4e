import { Button, Collapse, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellDone } from "../../../shared/tell.ts";
import type { Notifier } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useSaveNotifier } from "../api/notifiers.ts";
import { bodyOf, changed, fieldsOf, notifierKinds, valuesOf, type Field } from "../model/notifier-fields.ts";
import { NotifierField } from "./notifier-field.tsx";
import { TroublesField } from "./troubles-field.tsx";

interface NotifierFormProps {
  readonly notifier: Notifier | undefined;
  readonly onClose: () => void;
}

/** A new notifier, or one that is changed; its kind stays once it is there. */
export function NotifierForm({ notifier, onClose }: NotifierFormProps): ReactElement {
  const { t } = useTranslation(["system", "common"]);
  const [kind, setKind] = useState<Notifier["kind"]>(notifier?.kind ?? "email");
  const [values, setValues] = useState(() => valuesOf(kind, notifier));
  const [more, setMore] = useState(false);
  const save = useSaveNotifier(notifier?.notifier);
  const take = (next: string | null) => {
    const chosen = notifierKinds.find((one) => one === next);
    if (chosen === undefined) return;
    setKind(chosen);
    setValues({ ...valuesOf(chosen), name: values["name"] ?? "" });
  };
  const set = (name: string, value: Parameters<typeof changed>[2]) =>
    setValues((before) => changed(before, name, value));
  const draw = (field: Field) => (
    <NotifierField
      key={`${kind}.${field.name}`}
      kind={kind}
      field={field}
      value={values[field.name] ?? field.start}
      onChange={(value) => set(field.name, value)}
    />
  );
  const submit = () =>
    save.mutate(bodyOf(kind, values), {
      onSuccess: () => {
        tellDone(t("common:saved"));
        onClose();
      },
    });
  const advanced = fieldsOf(kind).filter((field) => field.advanced === true);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        {notifier === undefined && (
          <Select
            label={t("notify.kind")}
            description={t(`notify.kindSays.${kind}`)}
            value={kind}
            onChange={take}
            allowDeselect={false}
            data={notifierKinds.map((value) => ({ value, label: t(`notify.kinds.${value}`) }))}
          />
        )}
        <TextInput
          label={t("notify.name")}
          value={String(values["name"] ?? "")}
          onChange={(event) => set("name", event.currentTarget.value)}
          data-autofocus
        />
        {fieldsOf(kind)
          .filter((field) => field.advanced !== true)
          .map(draw)}
        {advanced.length > 0 && (
          <>
            <Button
              variant="subtle"
              size="compact-sm"
              style={{ alignSelf: "flex-start" }}
              aria-expanded={more}
              onClick={() => setMore(!more)}
            >
              {t(more ? "notify.less" : "notify.more")}
            </Button>
            <Collapse expanded={more}>
              <Stack gap="sm">{advanced.map(draw)}</Stack>
            </Collapse>
          </>
        )}
        <Switches values={values} set={set} told={kind !== "heartbeat"} />
        {save.error !== null && <ErrorNote error={save.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("common:save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface SwitchesProps {
  readonly values: ReturnType<typeof valuesOf>;
  readonly set: (name: string, value: boolean | string) => void;
  /** False for what only listens to the heartbeat. */
  readonly told: boolean;
}

function Switches({ values, set, told }: SwitchesProps): ReactElement {
  const { t } = useTranslation("system");
  return (
    <>
      {told && (
        <>
          <Switch
            label={t("notify.snapshot")}
            checked={values["snapshot"] === true}
            onChange={(event) => set("snapshot", event.currentTarget.checked)}
          />
          <TroublesField told={values["troubles"]} onChange={(next) => set("troubles", next)} />
          <Switch
            label={t("notify.weekly")}
            description={t("notify.weeklySays")}
            checked={values["weekly"] !== false}
            onChange={(event) => set("weekly", event.currentTarget.checked)}
          />
        </>
      )}
      <Switch
        label={t("notify.enabled")}
        checked={values["enabled"] === true}
        onChange={(event) => set("enabled", event.currentTarget.checked)}
      />
    </>
  );
}
