import { Alert, Card, Stack, Table, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../shared/event-stream.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { TimeText } from "../../../shared/ui/time-text.tsx";
import { TroubleItem } from "../../../shared/ui/trouble-item.tsx";
import { useTroubleHistory } from "../api/system.ts";

/** What is wrong now, and what was lately. */
export function TroublesCard(): ReactElement {
  const { t } = useTranslation(["system", "shell"]);
  const troubles = useLive((state) => state.troubles);
  return (
    <Card withBorder p="md" component="section" aria-label={t("troubles.title")}>
      <Stack gap="sm">
        <Title order={2}>{t("troubles.title")}</Title>
        {troubles?.length === 0 && (
          <Alert color="teal" icon={<IconCircleCheck aria-hidden />}>
            {t("shell:troubles.none")}
          </Alert>
        )}
        {troubles?.map((trouble) => (
          <TroubleItem key={trouble.key} trouble={trouble} />
        ))}
        <Past />
      </Stack>
    </Card>
  );
}

function Past(): ReactElement | null {
  const { t } = useTranslation("system");
  const format = useFormat();
  const over = useTroubleHistory().data?.filter(({ ended }) => ended !== undefined) ?? [];
  if (over.length === 0) return null;
  return (
    <details>
      <summary>{t("troubles.over", { count: over.length })}</summary>
      <Table.ScrollContainer minWidth={520} mt="xs" scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing={6} aria-label={t("troubles.past")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("troubles.from")}</Table.Th>
              <Table.Th>{t("troubles.lasted")}</Table.Th>
              <Table.Th>{t("troubles.what")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {over.map(({ key, since, ended = since, what }) => (
              <Table.Tr key={`${key} ${since}`}>
                <Table.Td style={{ whiteSpace: "nowrap" }}>
                  <TimeText at={since} />
                </Table.Td>
                <Table.Td style={{ whiteSpace: "nowrap" }}>{format.duration(ended - since)}</Table.Td>
                <Table.Td>
                  <Text size="sm">{what}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}
