import { Alert, Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { findingPage, type Finding } from "../model/finding-page.ts";

/** What is wrong, the worst first, each with the page that mends it. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }): ReactElement {
  const { t } = useTranslation("coverage");
  if (findings.length === 0)
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t("good.title")}>
        {t("good.says")}
      </Alert>
    );
  const red = findings.filter(({ severity }) => severity === "red").length;
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="sm">
        {red === 0 ? t("found.warnings", { count: findings.length }) : t("found.red", { count: red })}
      </Title>
      <Stack gap="xs">
        {findings.map((finding, at) => (
          <FindingLine key={`${finding.kind}${at}`} finding={finding} />
        ))}
      </Stack>
    </Paper>
  );
}

/** Names stand as they are; a reason is a sentence of the server. */
const wordsOf = ({ words }: Finding) => (words["why"] === undefined ? words : { ...words, why: said(words["why"]) });

function FindingLine({ finding }: { readonly finding: Finding }): ReactElement {
  const { t } = useTranslation("coverage");
  const red = finding.severity === "red";
  const Sign = red ? IconCircleX : IconAlertTriangle;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Sign
        size={18}
        style={{ flex: "none", marginTop: 2 }}
        color={`var(--mantine-color-${red ? "red" : "orange"}-6)`}
        aria-label={t(`severity.${finding.severity}`)}
      />
      <Text size="sm" flex={1} miw={0}>
        {t(`finding.${finding.kind}`, { replace: wordsOf(finding) })}{" "}
        <Anchor component={Link} to={findingPage(finding)} size="sm" underline="always">
          {t("mend")}
        </Anchor>
      </Text>
    </Group>
  );
}
