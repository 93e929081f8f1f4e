import { SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useObjectName } from "../../../shared/detection/object-name.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { ModelRow } from "../api/models.ts";

/** So many names of labels are shown. */
const mostShown = 12;

/** What is known of a model. */
export function ModelFacts({ row }: { readonly row: ModelRow }): ReactElement {
  const { t } = useTranslation("models");
  const format = useFormat();
  const nameOf = useObjectName();
  const { description, facts, bytes, sha256, running } = row;
  const names = (labels: readonly string[]) => {
    const shown = labels.slice(0, mostShown).map(nameOf).join(", ");
    return labels.length > mostShown ? t("facts.andMore", { labels: shown, number: labels.length - mostShown }) : shown;
  };
  const look = running?.lookMs ?? facts?.lookMs;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" verticalSpacing="xs" component="dl" m={0}>
      {facts !== undefined && (
        <>
          <Fact term={t("facts.kind")}>{t(`kind.${facts.kind}`)}</Fact>
          <Fact term={t("facts.input")}>
            {t("facts.inputSays", { width: facts.width, height: facts.height, fit: t(`fit.${facts.fit}`) })}
          </Fact>
          <Fact term={t("facts.speed")}>
            {t(running?.lookMs === undefined ? "facts.measured" : "facts.running", {
              ms: format.number(look ?? 0, (look ?? 0) < 10 ? 1 : 0),
            })}
          </Fact>
          <Fact term={t("facts.labels", { number: facts.labels.length })}>{names(facts.labels)}</Fact>
          <Fact term={t("facts.human")}>{names(facts.targets.human) || t("facts.none")}</Fact>
          <Fact term={t("facts.vehicle")}>{names(facts.targets.vehicle) || t("facts.none")}</Fact>
        </>
      )}
      <Fact term={t("facts.licence")}>{description.licence ?? t("facts.noLicence")}</Fact>
      <Fact term={t("facts.source")}>{description.source ?? t("facts.noSource")}</Fact>
      <Fact term={t("facts.file", { bytes: format.bytes(bytes) })}>
        <Text span size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
          {t("facts.sha", { sha: sha256 })}
        </Text>
      </Fact>
    </SimpleGrid>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }): ReactElement {
  return (
    <Stack gap={0}>
      <Text component="dt" size="xs" c="dimmed">
        {term}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </Stack>
  );
}
