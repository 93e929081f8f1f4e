import { Anchor, Checkbox, Group, Text } from "@mantine/core";
import { useId, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { rangeTicks } from "../range-ticks.ts";

interface TickListProps {
  readonly label: string;
  readonly items: readonly { readonly value: string; readonly label: string }[];
  readonly ticked: readonly string[];
  readonly onChange: (ticked: readonly string[]) => void;
}

/** Boxes to tick, one by one, all at once, or with shift (click or space) from the last one to this one. */
export function TickList({ label, items, ticked, onChange }: TickListProps): ReactElement {
  const { t } = useTranslation("io");
  const [from, setFrom] = useState<string>();
  const labelId = useId();
  const values = items.map((item) => item.value);
  const press = (now: string, shift: boolean) => {
    onChange(rangeTicks(values, ticked, { now, on: !ticked.includes(now), from: shift ? from : undefined }));
    setFrom(now);
  };
  const all = items.length > 0 && ticked.length === items.length;
  return (
    <div role="group" aria-labelledby={labelId}>
      <Group justify="space-between" wrap="nowrap">
        <Text id={labelId} size="sm" fw={500}>
          {label}
        </Text>
        {items.length > 2 && (
          <Anchor component="button" type="button" size="sm" onClick={() => onChange(all ? [] : values)}>
            {t(all ? "tick.none" : "tick.all")}
          </Anchor>
        )}
      </Group>
      <Group gap="md" mt="xs">
        {items.map((item) => (
          <Checkbox
            key={item.value}
            label={item.label}
            checked={ticked.includes(item.value)}
            onChange={(event) => press(item.value, withShift(event.nativeEvent))}
          />
        ))}
      </Group>
    </div>
  );
}

/** A box changes by a click, also where the keyboard made it; the event then says which keys were down. */
const withShift = (event: Event): boolean => event instanceof MouseEvent && event.shiftKey;
