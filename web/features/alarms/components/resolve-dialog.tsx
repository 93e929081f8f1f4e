import { Modal, Textarea } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "../../../../src/contract/alarm.ts";
import { DialogForm } from "../../../shared/ui/dialog-form.tsx";
import { useResolve } from "../api/alarms.ts";

interface ResolveDialogProps {
  readonly alarm: Alarm;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** What it was, in a few words; it stays with the alarm. */
export function ResolveDialog({ alarm, opened, onClose }: ResolveDialogProps): ReactElement {
  const { t } = useTranslation("alarms");
  const { t: common } = useTranslation("common");
  const [note, setNote] = useState(alarm.resolved?.note ?? "");
  const resolve = useResolve();
  const submit = () => resolve.mutate({ id: alarm.id, note }, { onSuccess: onClose });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("resolve.title")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <DialogForm press={t("resolve.resolve")} sending={resolve} onSend={submit} onClose={onClose}>
        <Textarea
          label={t("resolve.note")}
          description={t("resolve.says")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          autosize
          minRows={3}
          maxLength={2000}
          data-autofocus
        />
      </DialogForm>
    </Modal>
  );
}
