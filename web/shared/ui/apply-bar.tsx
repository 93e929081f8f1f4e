import { Affix, Button, Group, Paper, Text, Transition } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useBlocker } from "@tanstack/react-router";
import { useCallback, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../draft.ts";

interface ApplyBarProps {
  readonly draft: Draft<unknown>;
  readonly onApply: () => void;
  readonly applying?: boolean;
  /** Why it can't be applied as it is; shown instead of the sentence. */
  readonly problem?: string | undefined;
}

/** Appears with the first change: Apply, Discard. Leaving with changes asks. */
export function ApplyBar({ draft, onApply, applying = false, problem }: ApplyBarProps): ReactElement {
  const { t } = useTranslation("common");
  useLeaveGuard(draft.dirty);
  return (
    <Affix position={{ bottom: 12, left: 12, right: 12 }} zIndex={150}>
      <Transition mounted={draft.dirty} transition="slide-up" duration={150}>
        {(styles) => (
          <Paper
            withBorder
            shadow="md"
            p="xs"
            maw={640}
            mx="auto"
            style={styles}
            role="region"
            aria-label={t("apply.label")}
          >
            <Group justify="space-between" gap="xs">
              <Text size="sm" c={problem === undefined ? undefined : "red"} role="status" pl="xs">
                {problem ?? t("apply.changed")}
              </Text>
              <Group gap="xs" ml="auto">
                <Button variant="default" onClick={draft.discard} disabled={applying}>
                  {t("apply.discard")}
                </Button>
                <Button onClick={onApply} loading={applying} disabled={problem !== undefined}>
                  {t("apply.apply")}
                </Button>
              </Group>
            </Group>
          </Paper>
        )}
      </Transition>
    </Affix>
  );
}

function useLeaveGuard(dirty: boolean): void {
  const { t } = useTranslation("common");
  const asking = useRef(false);
  const ask = useCallback(
    () =>
      new Promise<boolean>((stay) => {
        asking.current = true;
        const answer = (stays: boolean) => {
          asking.current = false;
          stay(stays);
        };
        modals.openConfirmModal({
          title: t("leave.title"),
          children: t("leave.says"),
          labels: { confirm: t("leave.leave"), cancel: t("leave.stay") },
          confirmProps: { color: "red" },
          onConfirm: () => answer(false),
          onCancel: () => answer(true),
          onClose: () => {
            if (asking.current) answer(true);
          },
        });
      }),
    [t],
  );
  useBlocker({ shouldBlockFn: () => (dirty ? ask() : false), enableBeforeUnload: () => dirty });
}
