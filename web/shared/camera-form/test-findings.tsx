import { Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../site-data.ts";
import type { CameraTest } from "../types.ts";

type Report = NonNullable<CameraTest["report"]>;

/** Longer ones make live pictures begin late and pre-record start early, ms. */
const longGopMs = 10_000;
/** Beyond it the camera's burned-in time is plainly wrong, ms. */
const tolerableClockMs = 2000;

/** What a camera sends, with a word where it should be changed. */
export function TestFindings({ report }: { readonly report: Report }): ReactElement {
  const { t } = useTranslation("camera-form");
  const format = useFormat();
  const rate = report.picturesPerSecond;
  const gop = report.gopMs === undefined ? `> ${format.duration(report.measuredMs)}` : format.duration(report.gopMs);
  return (
    <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="md" verticalSpacing="sm">
      <Fact label={t("found.codec")} value={report.codec === "h265" ? "H.265" : "H.264"} />
      <Fact label={t("found.size")} value={`${report.width} × ${report.height}`} />
      <Fact
        label={t("found.rate")}
        value={rate === undefined ? t("found.unknown") : t("found.perSecond", { rate: format.number(rate, 1) })}
      />
      <Fact label={t("found.bitRate")} value={format.bitRate(report.bitsPerSecond)} />
      <Fact
        label={t("found.gop")}
        value={gop}
        warning={(report.gopMs ?? report.measuredMs + longGopMs) > longGopMs ? t("found.gopLong") : undefined}
      />
      <SoundFact audio={report.audio} />
      <ClockFact clock={report.clock} />
    </SimpleGrid>
  );
}

function SoundFact({ audio }: { readonly audio: Report["audio"] }): ReactElement {
  const { t } = useTranslation("camera-form");
  const format = useFormat();
  if (audio === undefined) return <Fact label={t("found.sound")} value={t("found.none")} />;
  const names: Readonly<Record<string, string>> = { aac: "AAC", pcma: "G.711 A", pcmu: "G.711 µ" };
  const rate = audio.sampleRate === undefined ? "" : ` ${format.number(audio.sampleRate / 1000, 0)} kHz`;
  const value = `${names[audio.codec] ?? audio.codec}${rate}`;
  const warning = audio.recordable ? undefined : t("found.soundUnsupported");
  return <Fact label={t("found.sound")} value={value} warning={warning} />;
}

function ClockFact({ clock }: { readonly clock: Report["clock"] }): ReactElement {
  const { t } = useTranslation("camera-form");
  const format = useFormat();
  const label = t("found.clock");
  if (clock.kind === "untold") return <Fact label={label} value={t("found.clockUntold")} />;
  if (clock.kind === "not-set")
    return <Fact label={label} value={t("found.clockNotSet")} warning={t("found.clockSet")} />;
  const off = Math.abs(clock.ms);
  const by = format.duration(off);
  if (off < tolerableClockMs) return <Fact label={label} value={t("found.clockRight", { by })} />;
  const value = clock.ms > 0 ? t("found.clockAhead", { by }) : t("found.clockBehind", { by });
  return <Fact label={label} value={value} warning={t("found.clockSet")} />;
}

interface FactProps {
  readonly label: string;
  readonly value: string;
  readonly warning?: string | undefined;
}

function Fact({ label, value, warning }: FactProps): ReactElement {
  return (
    <Stack gap={2}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" fw={500}>
        {value}
      </Text>
      {warning !== undefined && (
        <Group gap={4} wrap="nowrap" align="flex-start" c="orange">
          <IconAlertTriangle size={14} aria-hidden style={{ flex: "none", marginTop: 2 }} />
          <Text size="xs">{warning}</Text>
        </Group>
      )}
    </Stack>
  );
}
