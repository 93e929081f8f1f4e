import { Badge, Group, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { CameraWord, HeardEvent } from "../../../../src/messages/detection.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { TimeText } from "../../../shared/ui/time-text.tsx";

/** What a camera said lately, as it comes: to see whether it is set up right. */
export function HeardEvents({ word }: { readonly word: CameraWord }): ReactElement {
  const { t } = useTranslation("detection");
  const has = word.has.map((thing) => t(`own.thing.${thing}`)).join(", ");
  return (
    <Section title={t("own.heard")} says={t("own.heardSays")}>
      <Text size="sm">{has === "" ? t("own.hasNothing") : t("own.has", { things: has })}</Text>
      {word.rules.length > 0 && (
        <Text size="sm">{t("own.rules", { names: word.rules.map(({ name }) => name).join(", ") })}</Text>
      )}
      {word.heard.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("own.heardNothing")}
        </Text>
      ) : (
        <Stack component="ul" gap={4} p={0} m={0} style={{ listStyle: "none" }} aria-label={t("own.heard")}>
          {word.heard.map((event, at) => (
            <Line key={word.heard.length - at} event={event} />
          ))}
        </Stack>
      )}
      {word.dropped > 0 && (
        <Text size="sm" c="orange.8">
          {t("own.dropped", { count: word.dropped })}
        </Text>
      )}
    </Section>
  );
}

const colors = { start: "red", pulse: "orange", stop: "gray" } as const;

function Line({ event }: { readonly event: HeardEvent }): ReactElement {
  const { t } = useTranslation("detection");
  const { what, phase, code, rule, target, regions = [] } = event;
  const about = [
    ...(rule === undefined ? [] : [t("own.named", { name: rule })]),
    ...(target === undefined ? [] : [t(`own.thing.${target}`)]),
    ...regions,
  ];
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start" data-heard={phase}>
      <Text span size="sm" c="dimmed">
        <TimeText at={event.wall} withDay={false} />
      </Text>
      <Badge color={colors[phase]} variant="light" miw="5rem" flex="none">
        {t(`own.phase.${phase}`)}
      </Badge>
      <Text span size="sm" miw={0} style={{ overflowWrap: "anywhere" }}>
        {[t(`own.thing.${what}`), ...about].join(" · ")}
      </Text>
      <Text span size="xs" c="dimmed" visibleFrom="sm">
        {code}
      </Text>
    </Group>
  );
}
