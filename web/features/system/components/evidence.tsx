import { Badge, Button, Code, CopyButton, Group, List, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { EvidenceKeyList } from "../../../../src/contract/evidence.ts";
import { useFormat, useMe } from "../../../shared/site-data.ts";
import { confirmTyped } from "../../../shared/ui/confirm-typed.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { useEvidenceKeys, useNewEvidenceKey } from "../api/evidence.ts";
import { shownFingerprint } from "../model/fingerprint.ts";

type Key = EvidenceKeyList["keys"][number];

/** System → Evidence: the key that packs are signed with, to be written down elsewhere, and those before it. */
export function Evidence(): ReactElement {
  const { t } = useTranslation("system");
  const keys = useEvidenceKeys();
  if (keys.error !== null) return <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />;
  if (keys.data === undefined) return <LoadingRows rows={5} />;
  const { signing, keys: all } = keys.data;
  const now = all.find(({ fingerprint }) => fingerprint === signing);
  const before = all.filter((key) => key !== now);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack gap="md">
        <Signing signing={now} />
        {before.length > 0 && <Before keys={before} />}
      </Stack>
      <Section title={t("evidence.check")} says={t("evidence.checkSays")}>
        <Code
          block
          style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}
        >{`reed verify pack.zip --key ${now === undefined ? "…" : shownFingerprint(now.fingerprint)}`}</Code>
        <Text size="sm">{t("evidence.limits")}</Text>
        <List size="sm" spacing={4}>
          <List.Item>{t("evidence.before")}</List.Item>
          <List.Item>{t("evidence.stolen")}</List.Item>
          <List.Item>{t("evidence.clocks")}</List.Item>
        </List>
      </Section>
    </SimpleGrid>
  );
}

function Signing({ signing }: { readonly signing: Key | undefined }): ReactElement {
  const { t } = useTranslation("system");
  const format = useFormat();
  const mayRotate = useMe().data?.role === "administrator";
  const make = useNewEvidenceKey();
  const rotate = () =>
    confirmTyped({
      title: t("evidence.rotate"),
      says: t("evidence.rotateSays"),
      word: t("evidence.rotateWord"),
      confirm: t("evidence.rotate"),
      onConfirm: () => make.mutate(),
    });
  return (
    <Section title={t("evidence.key")} says={t("evidence.keySays")}>
      {signing === undefined ? (
        <Text size="sm">{t("evidence.none")}</Text>
      ) : (
        <>
          <Fingerprint text={shownFingerprint(signing.fingerprint)} />
          <Text size="sm" c="dimmed">
            {t("evidence.since", { time: format.dateTime(signing.madeAt) })}
          </Text>
        </>
      )}
      {make.error !== null && <ErrorNote error={make.error} />}
      {mayRotate && (
        <Button variant="default" onClick={rotate} loading={make.isPending} style={{ alignSelf: "flex-start" }}>
          {t("evidence.rotateOpen")}
        </Button>
      )}
    </Section>
  );
}

function Fingerprint({ text }: { readonly text: string }): ReactElement {
  const { t } = useTranslation("system");
  return (
    <Group gap="xs">
      <Code fz="md" style={{ overflowWrap: "anywhere" }} aria-label={t("evidence.fingerprint")} role="group">
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-md" onClick={copy}>
            {copied ? t("evidence.copied") : t("evidence.copy")}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

function Before({ keys }: { readonly keys: readonly Key[] }): ReactElement {
  const { t } = useTranslation("system");
  const format = useFormat();
  return (
    <Section title={t("evidence.old")} says={t("evidence.oldSays")}>
      {keys.map(({ fingerprint, madeAt, retiredAt }) => (
        <Stack key={fingerprint} gap={2}>
          <Group gap="xs">
            <Code style={{ overflowWrap: "anywhere" }}>{shownFingerprint(fingerprint)}</Code>
            <Badge variant="default">{t("evidence.retired")}</Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {t("evidence.signed", {
              from: format.dateTime(madeAt),
              to: retiredAt === undefined ? "…" : format.dateTime(retiredAt),
            })}
          </Text>
        </Stack>
      ))}
    </Section>
  );
}
