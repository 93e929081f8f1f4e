import { Table, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../../../shared/ui/section.tsx";

/** The letters of the map, for people who see colours differently. */
const types = [
  { key: "general", colour: "#2f9e44" },
  { key: "motion", colour: "#f2c200" },
  { key: "alarm", colour: "#e03131" },
  { key: "both", colour: "#f76707" },
  { key: "intelligent", colour: "#1c7ed6" },
  { key: "manual", colour: "#7048e8" },
] as const;

/** What is recorded for what, in its colour, and what a week can hold back. */
export function Types(): ReactElement {
  const { t } = useTranslation("recording");
  return (
    <Section title={t("types.title")} says={t("types.says")}>
      <Table>
        <Table.Tbody>
          {types.map(({ key, colour }) => (
            <Table.Tr key={key}>
              <Table.Td w={28} px={4}>
                <svg width={14} height={14} aria-hidden>
                  <rect width={14} height={14} rx={3} fill={colour} />
                </svg>
              </Table.Td>
              <Table.Td>
                <Text size="sm" fw={500}>
                  {t(`types.${key}.name`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {t(`types.${key}.says`)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
