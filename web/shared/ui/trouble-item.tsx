import { Anchor, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { troubleKind } from "../../../src/domain/trouble-kind.ts";
import { useLive } from "../event-stream.ts";
import { said } from "../said.ts";
import { useFormat } from "../site-data.ts";
import { troublePage } from "../trouble-page.ts";
import { useNow } from "../use-now.ts";

interface TroubleItemProps {
  readonly trouble: { readonly key: string; readonly what: string; readonly since: number };
  /** Its page was chosen. */
  readonly onGo?: () => void;
}

/** What is wrong, since when, and what to do next; a click leads to where it can be done. */
export function TroubleItem({ trouble, onGo }: TroubleItemProps): ReactElement {
  const { t } = useTranslation("shell");
  const format = useFormat();
  const now = useNow(10_000);
  const channels = useLive((state) => state.channels) ?? [];
  const volumes = useLive((state) => state.volumes) ?? [];
  const kind = troubleKind(trouble.key, { channels, volumes });
  const since = t("troubles.since", { time: format.dateTime(trouble.since) });
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <IconAlertTriangle
        size={18}
        aria-hidden
        style={{ flex: "none", marginTop: 2 }}
        color="var(--mantine-color-orange-6)"
      />
      <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
        <Text size="sm" fw={500}>
          {said(trouble.what)}
        </Text>
        <Text size="xs" c="dimmed">
          {since} · {format.ago(trouble.since, now)}
        </Text>
        <Text size="sm" mt={4}>
          {t(`advice.${kind}`)}
        </Text>
        <Anchor component={Link} to={troublePage(kind, trouble.key)} size="sm" onClick={onGo}>
          {t("troubles.go")}
        </Anchor>
      </div>
    </Group>
  );
}
