import { Button, Group, Stack } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "./error-note.tsx";

/** Opens a dialog; what it draws is handed the way to close it. */
export function openDialog(title: string, draw: (close: () => void) => ReactNode): void {
  const id = modals.open({ title, children: draw(() => modals.close(id)) });
}

/** What a dialog that makes something is handed. */
export interface Making<Made> {
  readonly onClose: () => void;
  readonly onMade: (made: Made) => void;
}

/** Opens a dialog that makes something; it closes when that is made. */
export function openMaking<Made>(
  title: string,
  onMade: (made: Made) => void,
  draw: (making: Making<Made>) => ReactNode,
): void {
  openDialog(title, (close) =>
    draw({
      onClose: close,
      onMade: (made) => {
        close();
        onMade(made);
      },
    }),
  );
}

interface DialogFormProps {
  /** The press that sends it. */
  readonly press: string;
  /** What sends it: a mutation. */
  readonly sending: { readonly isPending: boolean; readonly error: Error | null };
  /** Filled in well enough to be sent. */
  readonly ready?: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The fields of a dialog, what the server said against them, Cancel and the press that sends them. */
export function DialogForm(props: DialogFormProps): ReactElement {
  const { press, sending, ready = true, onSend, onClose, children } = props;
  const { t } = useTranslation("common");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend();
      }}
    >
      <Stack gap="md">
        {children}
        {sending.error !== null && <ErrorNote error={sending.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={sending.isPending} disabled={!ready}>
            {press}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
