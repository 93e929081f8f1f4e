import { Checkbox, Modal, Text, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "../../../../src/contract/alarm.ts";
import { useMay } from "../../../shared/site-data.ts";
import { DialogForm } from "../../../shared/ui/dialog-form.tsx";
import { useSave } from "../api/exports.ts";

interface SaveDialogProps {
  readonly alarm: Alarm;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks why and for whom, then begins: the progress is shown with the alarm and survives a reload. */
export function SaveDialog({ alarm, opened, onClose }: SaveDialogProps): ReactElement {
  const { t } = useTranslation("alarms");
  const { t: common } = useTranslation("common");
  const mayLock = useMay("control");
  const [reason, setReason] = useState("");
  const [recipient, setRecipient] = useState("");
  const [lock, setLock] = useState(true);
  const save = useSave();
  const ready = reason.trim() !== "" && recipient.trim() !== "";
  const submit = () => {
    const order = { alarmId: alarm.id, reason, recipient, lock: lock && mayLock };
    save.mutate(order, { onSuccess: onClose });
  };
  const open = alarm.verdict === "open";
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("save.title")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <DialogForm press={t("save.start")} sending={save} ready={ready} onSend={submit} onClose={onClose}>
        <Text size="sm">{t("save.says")}</Text>
        {open && (
          <Text size="sm" c="orange">
            {t("save.stillRecording")}
          </Text>
        )}
        <TextInput
          label={t("save.reason")}
          description={t("save.audited")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          required
          data-autofocus
        />
        <TextInput
          label={t("save.recipient")}
          value={recipient}
          onChange={(event) => setRecipient(event.currentTarget.value)}
          maxLength={200}
          required
        />
        <Checkbox
          label={t("save.lock")}
          checked={lock && mayLock}
          disabled={!mayLock}
          onChange={(event) => setLock(event.currentTarget.checked)}
        />
      </DialogForm>
    </Modal>
  );
}
