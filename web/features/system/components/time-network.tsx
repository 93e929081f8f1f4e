import {
  Alert,
  Anchor,
  Card,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useDraft } from "../../../shared/draft.ts";
import { useFormat, useSite } from "../../../shared/site-data.ts";
import { tellDone } from "../../../shared/tell.ts";
import type { Site } from "../../../shared/types.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import { useNow } from "../../../shared/use-now.ts";
import { useNetwork, useSetSite, type NetworkAnswer } from "../api/system.ts";

/** System → Time and network: the site's name and zone beside the clock as it is, and where Reed is reached. */
export function TimeNetwork(): ReactElement {
  const site = useSite();
  const network = useNetwork();
  const error = site.error ?? network.error;
  if (error !== null) return <ErrorNote error={error} onRetry={() => void network.refetch()} />;
  if (site.data === undefined || network.data === undefined) return <LoadingRows rows={2} height={200} />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <SiteCard site={site.data} network={network.data} readAt={network.dataUpdatedAt} />
      <NetworkCard network={network.data} />
    </SimpleGrid>
  );
}

/** Each in its own words. */
const languageNames = { en: "English", de: "Deutsch" } as const;
const languageChoices = Object.entries(languageNames).map(([value, label]) => ({ value, label }));

/** As the server has it where nothing is set, and the most that it takes. */
const usualConversions = 2;
const mostConversions = 8;

interface SiteCardProps {
  readonly site: Site;
  readonly network: NetworkAnswer;
  /** By this device's clock. */
  readonly readAt: number;
}

function SiteCard({ site, network, readAt }: SiteCardProps): ReactElement {
  const { t } = useTranslation(["system", "common"]);
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const { name, timeZone, language, liveConversions = usualConversions } = site;
  const saved = { name, timeZone, liveConversions, ...(language === undefined ? {} : { language }) };
  const draft = useDraft(saved);
  const change = useSetSite();
  const apply = () =>
    change.mutate(draft.value, {
      onSuccess: () => {
        draft.discard();
        tellDone(t("common:saved"));
      },
    });
  const data = zones.includes(draft.value.timeZone) ? zones : [draft.value.timeZone, ...zones];
  return (
    <Card withBorder p="md" component="section" aria-label={t("time.title")}>
      <Stack gap="sm">
        <Title order={2}>{t("time.title")}</Title>
        <TextInput
          label={t("time.name")}
          value={draft.value.name}
          onChange={(event) => draft.set({ name: event.currentTarget.value })}
        />
        <Select
          label={t("time.zone")}
          searchable
          data={data}
          value={draft.value.timeZone}
          allowDeselect={false}
          onChange={(zone) => draft.set({ timeZone: zone ?? saved.timeZone })}
        />
        <Select
          label={t("time.language")}
          description={t("time.languageSays")}
          placeholder={languageNames.en}
          data={languageChoices}
          value={draft.value.language ?? null}
          allowDeselect={false}
          onChange={(value) => draft.set(value === "de" || value === "en" ? { language: value } : {})}
        />
        <NumberInput
          label={t("time.conversions")}
          description={t("time.conversionsSays")}
          min={0}
          max={mostConversions}
          allowDecimal={false}
          clampBehavior="strict"
          value={draft.value.liveConversions}
          onChange={(value) => draft.set({ liveConversions: Number(value) })}
        />
        <Clock network={network} readAt={readAt} />
        {change.error !== null && <ErrorNote error={change.error} />}
      </Stack>
      <ApplyBar
        draft={draft}
        onApply={apply}
        applying={change.isPending}
        problem={draft.value.name.trim() === "" ? t("time.needsName") : undefined}
      />
    </Card>
  );
}

/** Beyond this the two clocks are said to differ: a request takes its time. */
const noticeableMs = 3000;

function Clock({ network, readAt }: { readonly network: NetworkAnswer; readonly readAt: number }): ReactElement {
  const { t } = useTranslation("system");
  const format = useFormat();
  const now = useNow();
  const ahead = network.now - readAt;
  const { synchronised, by } = network.clock;
  const color = synchronised === "yes" ? "green" : synchronised === "no" ? "red" : "gray";
  const keeper = by === "" ? t("time.noKeeper") : by;
  return (
    <Stack gap={6}>
      <Text size="sm">
        {t("time.now")} <b>{format.dateTime(now + ahead)}</b>
      </Text>
      <StateDot color={color} label={t(`time.sync.${synchronised}`, { by: keeper })} />
      {Math.abs(ahead) > noticeableMs && (
        <Alert color="orange">
          {t(ahead > 0 ? "time.ahead" : "time.behind", { by: format.duration(Math.abs(ahead)) })}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t("time.machine", { zone: network.systemTimeZone, up: format.duration(now + ahead - network.upSince) })}
      </Text>
    </Stack>
  );
}

function NetworkCard({ network }: { readonly network: NetworkAnswer }): ReactElement {
  const { t } = useTranslation("system");
  const port = network.listening[0]?.port;
  const everywhere = network.listening.some(({ host }) => host === "0.0.0.0" || host === "::");
  // 0.0.0.0 is every address of IPv4 and none of IPv6
  const onlyV4 = !network.listening.some(({ host }) => host === "::");
  const reached = network.addresses.filter(({ family }) => family === "IPv4" || !onlyV4);
  const address = (text: string) => `http://${text.includes(":") ? `[${text}]` : text}:${port ?? ""}`;
  return (
    <Card withBorder p="md" component="section" aria-label={t("network.title")}>
      <Stack gap="sm">
        <Title order={2}>{t("network.title")}</Title>
        <Text size="sm">{t("network.host", { name: network.hostname })}</Text>
        <Table aria-label={t("network.listening")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("network.listening")}</Table.Th>
              <Table.Th>{t("network.port")}</Table.Th>
              <Table.Th>{t("network.encrypted")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {network.listening.map(({ host, port: on, tls }) => (
              <Table.Tr key={`${host}:${on}`}>
                <Table.Td>{everywhere ? t("network.everywhere") : host}</Table.Td>
                <Table.Td>{on}</Table.Td>
                <Table.Td>{tls ? t("network.yes") : t("network.no")}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {everywhere && reached.length > 0 && (
          <div>
            <Text size="sm" fw={500}>
              {t("network.reach")}
            </Text>
            {reached.map(({ name, address: text }) => (
              <Group key={text} gap="xs">
                <Anchor href={address(text)} size="sm" style={{ overflowWrap: "anywhere" }}>
                  {address(text)}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {name}
                </Text>
              </Group>
            ))}
          </div>
        )}
        <Text size="sm" c="dimmed">
          {t("network.tls")}
        </Text>
      </Stack>
    </Card>
  );
}
