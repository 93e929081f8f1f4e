import { Button, Group, PasswordInput, SegmentedControl, Stack, Switch, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellDone } from "../../../shared/tell.ts";
import type { Notifier } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useSaveNotifier, type NotifierBody } from "../api/notifiers.ts";

interface Fields {
  readonly kind: Notifier["kind"];
  readonly name: string;
  readonly enabled: boolean;
  readonly snapshot: boolean;
  readonly url: string;
  readonly topic: string;
  /** Of the signature or the account; stars stand for the one that is there. */
  readonly secret: string;
}

const fresh: Fields = {
  kind: "ntfy",
  name: "",
  enabled: true,
  snapshot: true,
  url: "https://ntfy.sh",
  topic: "",
  secret: "",
};

function fieldsOf(notifier: Notifier | undefined): Fields {
  if (notifier === undefined) return fresh;
  const { kind, name, enabled, snapshot, url } = notifier;
  const own = { kind, name, enabled, snapshot, url };
  return notifier.kind === "ntfy"
    ? { ...own, topic: notifier.topic, secret: notifier.token }
    : { ...own, topic: "", secret: notifier.secret };
}

function bodyOf({ kind, name, enabled, snapshot, url, topic, secret }: Fields): NotifierBody {
  const own = { enabled, snapshot, url: url.trim(), ...(name.trim() === "" ? {} : { name: name.trim() }) };
  return kind === "ntfy" ? { ...own, kind, topic: topic.trim(), token: secret } : { ...own, kind, secret };
}

interface NotifierFormProps {
  readonly notifier: Notifier | undefined;
  readonly onClose: () => void;
}

/** A new notifier, or one that is changed; its kind stays once it is there. */
export function NotifierForm({ notifier, onClose }: NotifierFormProps): ReactElement {
  const { t } = useTranslation(["system", "common"]);
  const [fields, setFields] = useState(() => fieldsOf(notifier));
  const save = useSaveNotifier(notifier?.notifier);
  const set = (part: Partial<Fields>) => setFields((before) => ({ ...before, ...part }));
  const ntfy = fields.kind === "ntfy";
  const submit = () =>
    save.mutate(bodyOf(fields), {
      onSuccess: () => {
        tellDone(t("common:saved"));
        onClose();
      },
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        {notifier === undefined && (
          <SegmentedControl
            aria-label={t("notify.kind")}
            value={fields.kind}
            onChange={(kind) => set(kind === "ntfy" ? { kind, url: fresh.url } : { kind: "webhook", url: "" })}
            data={(["ntfy", "webhook"] as const).map((value) => ({ value, label: t(`notify.kinds.${value}`) }))}
          />
        )}
        <TextInput
          label={t("notify.name")}
          value={fields.name}
          onChange={(e) => set({ name: e.currentTarget.value })}
          data-autofocus
        />
        <TextInput
          label={ntfy ? t("notify.server") : t("notify.url")}
          description={ntfy ? undefined : t("notify.urlSays")}
          placeholder="https://"
          required
          value={fields.url}
          onChange={(event) => set({ url: event.currentTarget.value })}
        />
        {ntfy && (
          <TextInput
            label={t("notify.topic")}
            description={t("notify.topicSays")}
            required
            value={fields.topic}
            onChange={(event) => set({ topic: event.currentTarget.value })}
          />
        )}
        <PasswordInput
          label={ntfy ? t("notify.token") : t("notify.secret")}
          description={ntfy ? t("notify.tokenSays") : t("notify.secretSays")}
          value={fields.secret}
          onChange={(event) => set({ secret: event.currentTarget.value })}
          autoComplete="off"
        />
        <Switch
          label={t("notify.snapshot")}
          checked={fields.snapshot}
          onChange={(e) => set({ snapshot: e.currentTarget.checked })}
        />
        <Switch
          label={t("notify.enabled")}
          checked={fields.enabled}
          onChange={(e) => set({ enabled: e.currentTarget.checked })}
        />
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
