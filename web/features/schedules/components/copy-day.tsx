import { Button, Checkbox, Group, Popover, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCopy } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../../../shared/draft.ts";
import { copied, rows, type Row, type WeekDraft } from "../model/week.ts";

interface CopyProps {
  readonly draft: Draft<WeekDraft>;
  readonly from: Row;
}

/** The times of one day onto others. */
export function CopyDay({ draft, from }: CopyProps): ReactElement {
  const { t } = useTranslation("schedules");
  const [open, { toggle, close }] = useDisclosure(false);
  const [to, setTo] = useState<readonly string[]>([]);
  const others = rows.filter((row) => row !== from && (row !== "holiday" || draft.value.holiday !== undefined));
  const chosen = others.filter((row) => to.includes(row));
  const send = () => {
    draft.set(copied(draft.value, from, chosen));
    setTo([]);
    close();
  };
  return (
    <Popover opened={open} onChange={close} trapFocus withinPortal position="bottom-start">
      <Popover.Target>
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={toggle}>
          {t("copy.open")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Checkbox.Group label={t("copy.to", { day: t(`day.${from}`) })} value={[...to]} onChange={setTo}>
            <Stack gap={6} mt="xs">
              {others.map((row) => (
                <Checkbox key={row} value={row} label={t(`day.${row}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={() => setTo(others)}>
              {t("copy.all")}
            </Button>
            <Button size="xs" disabled={chosen.length === 0} onClick={send}>
              {t("copy.press")}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
