import { Card, Table, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { System } from "../../../shared/types.ts";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import { TimeText } from "../../../shared/ui/time-text.tsx";

const colors = { running: "green", starting: "orange", down: "red" } as const;
const known = ["core", "api", "analysis", "detection"] as const;

type Process = System["processes"][number];

/** The processes of Reed: whether they run, since when, and what they take of the machine. */
export function ProcessTable({ processes }: { readonly processes: readonly Process[] }): ReactElement {
  const { t } = useTranslation("system");
  const titles = ["process", "state", "since", "restarts", "memory", "cpu"] as const;
  return (
    <Card withBorder p="md" component="section" aria-label={t("processes.title")}>
      <Title order={2} mb="sm">
        {t("processes.title")}
      </Title>
      <Table.ScrollContainer minWidth={620} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="xs" aria-label={t("processes.title")}>
          <Table.Thead>
            <Table.Tr>
              {titles.map((title) => (
                <Table.Th key={title}>{t(`processes.${title}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {processes.map((process) => (
              <ProcessRow key={process.name} process={process} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}

function ProcessRow({ process }: { readonly process: Process }): ReactElement {
  const { t } = useTranslation("system");
  const format = useFormat();
  const role = known.find((one) => one === process.name) ?? "recorder";
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>
          {process.name}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`processes.does.${role}`)}
        </Text>
      </Table.Td>
      <Table.Td>
        <StateDot color={colors[process.state]} label={t(`processes.states.${process.state}`)} />
      </Table.Td>
      <Table.Td>
        <TimeText at={process.since} />
      </Table.Td>
      <Table.Td>{process.restarts}</Table.Td>
      <Table.Td>{process.rssBytes === undefined ? "–" : format.bytes(process.rssBytes)}</Table.Td>
      <Table.Td>
        {process.cpuShare === undefined ? "–" : t("processes.ofOne", { share: format.percent(process.cpuShare) })}
      </Table.Td>
    </Table.Tr>
  );
}
