import { Stack, Text, ThemeIcon } from "@mantine/core";
import { IconCheck, IconDots, IconLoader, IconMinus, IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { TickAnswer } from "../../../../src/contract/walk-test.ts";

const looks = {
  proved: { icon: IconCheck, color: "green", variant: "filled" },
  failed: { icon: IconX, color: "red", variant: "filled" },
  untested: { icon: IconMinus, color: "orange", variant: "light" },
  waiting: { icon: IconLoader, color: "blue", variant: "light" },
  untripped: { icon: IconDots, color: "gray", variant: "light" },
  none: { icon: IconMinus, color: "gray", variant: "subtle" },
} as const;

/** A tick that is read at arm's length: what, whether, and after how many milliseconds. */
export function BigTick({ name, tick }: { readonly name: string; readonly tick: TickAnswer }): ReactElement {
  const { t } = useTranslation("walk-test");
  const { icon: Icon, color, variant } = looks[tick.kind];
  const words = tick.kind === "proved" ? t("tick.ms", { ms: Math.round(tick.ms) }) : t(`tick.is.${tick.kind}`);
  return (
    <Stack align="center" gap={2} ta="center" role="group" aria-label={`${name}: ${words}`} data-tick={tick.kind}>
      <ThemeIcon size={52} radius="xl" color={color} variant={variant} aria-hidden>
        <Icon size={32} stroke={2.4} />
      </ThemeIcon>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <Text size="sm" c="dimmed" lh={1.25}>
        {words}
      </Text>
    </Stack>
  );
}
