import { Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Level, SensorType } from "../../../../src/domain/level.ts";
import { whenCut } from "../model/settings.ts";

interface WiringProps {
  readonly level: Level;
  readonly type: SensorType;
  readonly point: number;
}

/** Terminal block, cable and contact as it is now, and what a cut cable does. */
export function WiringDrawing({ level, type, point }: WiringProps): ReactElement {
  const { t } = useTranslation(["alarm-in", "io"]);
  const now = t(`wiring.now.${level}`);
  return (
    <Stack gap="xs">
      <svg
        viewBox="0 0 360 150"
        role="img"
        aria-label={t("wiring.label", { point, now })}
        style={{ width: "100%", maxWidth: 420 }}
      >
        <rect x={8} y={16} width={130} height={118} rx={8} fill="none" stroke="currentColor" strokeWidth={1.5} />
        <Terminal y={50} name={t("wiring.alarm", { point })} />
        <Terminal y={104} name={t("wiring.ground")} />
        <g stroke="currentColor" strokeWidth={2.5} fill="none" strokeLinecap="round">
          <path d="M126 50H250" />
          <path d="M126 104H300V50H290" />
          <Contact level={level} />
        </g>
        <circle cx={250} cy={50} r={4} fill="currentColor" />
        <circle cx={290} cy={50} r={4} fill="currentColor" />
        <text x={270} y={24} textAnchor="middle" fontSize={14} fill="currentColor">
          {t(`level.${level}`, { ns: "io" })}
        </text>
        <text x={200} y={84} textAnchor="middle" fontSize={13} fill="currentColor" opacity={0.75}>
          {t("wiring.cable")}
        </text>
      </svg>
      <Text size="sm">{now}</Text>
      <Text size="sm" c={whenCut(type) === "alarm" ? undefined : "orange"}>
        {t(`wiring.cut.${whenCut(type)}`)}
      </Text>
    </Stack>
  );
}

function Terminal({ y, name }: { readonly y: number; readonly name: string }): ReactElement {
  return (
    <>
      <text x={20} y={y + 5} fontSize={14} fontWeight={600} fill="currentColor">
        {name}
      </text>
      <circle cx={120} cy={y} r={8} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <path d={`M115 ${y + 5}L125 ${y - 5}`} stroke="currentColor" strokeWidth={1.5} />
    </>
  );
}

function Contact({ level }: { readonly level: Level }): ReactElement {
  if (level === "closed") return <path d="M250 50H290" />;
  return <path d="M250 50L284 30" strokeDasharray={level === "open" ? undefined : "3 6"} />;
}
