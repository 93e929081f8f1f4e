import { Anchor, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { targetClasses } from "../../../../src/domain/detection/objects.ts";
import { DetectedCameras, type CameraLine } from "../../../shared/detection/camera-list.tsx";
import { WatchState } from "../../../shared/detection/watch-state.tsx";
import { kindIcons } from "./rule-list.tsx";

/** Every camera with its rules, and whether it is really watched. */
export function CameraList(): ReactElement {
  const { t } = useTranslation("ai-rules");
  const empty = { title: t("empty.title"), says: t("empty.says"), add: t("empty.add") };
  return (
    <DetectedCameras title={t("title")} says={t("says")} empty={empty}>
      {(lines) => (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {lines.map((line) => (
            <CameraCard key={line.camera.channel} line={line} />
          ))}
        </SimpleGrid>
      )}
    </DetectedCameras>
  );
}

function CameraCard({ line }: { readonly line: CameraLine }): ReactElement {
  const { camera, settings, isSet, isPaused } = line;
  const { t } = useTranslation("ai-rules");
  const { rules = [], smart, own } = settings;
  const theirs = own?.rules ?? [];
  const smartly = targetClasses.filter((target) => smart?.[target] === true);
  return (
    <Paper withBorder p="sm" component="li">
      <Stack gap={4}>
        <Anchor component={Link} to={`/ai-rules/${camera.channel}`} fw={600}>
          {camera.name}
        </Anchor>
        {isSet && <WatchState channel={camera} {...{ isSet, isPaused, settings }} />}
        {rules.map((rule) => {
          const Icon = kindIcons[rule.kind];
          return (
            <Group key={rule.rule} gap={6} wrap="nowrap">
              <Icon size={16} aria-hidden style={{ flexShrink: 0 }} />
              <Text size="sm" truncate c={rule.enabled ? undefined : "dimmed"}>
                {rule.enabled ? rule.name : t("list.isOff", { name: rule.name })}
              </Text>
            </Group>
          );
        })}
        {theirs.map((rule) => (
          <Group key={rule.rule} gap={6} wrap="nowrap">
            <IconCamera size={16} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="sm" truncate>
              {rule.name}
            </Text>
          </Group>
        ))}
        {smartly.length > 0 && (
          <Text size="sm">{t("smart.short", { targets: smartly.map((one) => t(`target.${one}`)).join(", ") })}</Text>
        )}
        {rules.length === 0 && theirs.length === 0 && smartly.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("list.none")}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
