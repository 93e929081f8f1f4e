import { Badge, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { WalkPartAnswer, WalkRowAnswer } from "../../../../src/contract/walk-test.ts";
import { said } from "../../../shared/said.ts";
import { TimeText } from "../../../shared/ui/time-text.tsx";
import { BigTick } from "./big-tick.tsx";

const colours = { untripped: "gray", waiting: "blue", proved: "green", partly: "orange", failed: "red" } as const;

/** One input: three large ticks, and below them what each camera, relay and receiver did not do. */
export function InputRow({ row }: { readonly row: WalkRowAnswer }): ReactElement {
  const { t } = useTranslation("walk-test");
  const last = row.trips.at(-1);
  return (
    <Paper withBorder p="md" component="section" aria-label={row.name} data-verdict={row.verdict}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Stack gap={0} miw={0}>
          <Text fz="lg" fw={600} lineClamp={2}>
            {row.name}
          </Text>
          <Text size="sm" c="dimmed">
            {t("row.number", { input: row.input })}
            {" · "}
            {last === undefined ? t("row.untripped") : t("row.trips", { count: row.trips.length })}
            {last !== undefined && (
              <>
                {" · "}
                <TimeText at={last} withDay={false} />
              </>
            )}
          </Text>
        </Stack>
        <Badge size="lg" variant="light" color={colours[row.verdict]} style={{ flex: "none" }}>
          {t(`verdict.${row.verdict}`)}
        </Badge>
      </Group>
      <SimpleGrid cols={3} spacing="xs" mt="sm">
        <BigTick name={t("tick.footage")} tick={row.footage} />
        <BigTick name={t("tick.relay")} tick={row.relay} />
        <BigTick name={t("tick.message")} tick={row.message} />
      </SimpleGrid>
      <Reasons parts={[...row.cameras, ...row.relays, ...row.messages]} />
    </Paper>
  );
}

/** What failed or was held back, each with its name and reason. */
function Reasons({ parts }: { readonly parts: readonly WalkPartAnswer[] }): ReactElement | null {
  const told = parts.flatMap(({ name, tick }) => ("reason" in tick ? [{ name, tick }] : []));
  if (told.length === 0) return null;
  return (
    <Stack gap={2} mt="sm">
      {told.map(({ name, tick }) => (
        <Text key={`${name}${tick.reason}`} size="sm" {...(tick.kind === "failed" ? { c: "red" } : { c: "dimmed" })}>
          {`${name}: ${said(tick.reason.replace(/^walk test: /, ""))}`}
        </Text>
      ))}
    </Stack>
  );
}
