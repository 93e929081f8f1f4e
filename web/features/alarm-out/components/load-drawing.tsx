import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** A coil on a relay contact, and what takes its arc: a diode at direct current, a contactor with a snubber at mains. */
export function LoadDrawing({ current }: { readonly current: "ac" | "dc" }): ReactElement {
  const { t } = useTranslation("alarm-out");
  return (
    <div>
      <svg
        viewBox="0 0 360 150"
        role="img"
        aria-label={t(`drawing.${current}`)}
        style={{ width: "100%", maxWidth: 420 }}
      >
        <g stroke="currentColor" strokeWidth={2} fill="none" strokeLinecap="round">
          <rect x={8} y={20} width={104} height={112} rx={8} strokeWidth={1.5} />
          <circle cx={96} cy={44} r={5} />
          <circle cx={96} cy={108} r={5} />
          <path d="M60 108H91M60 44H91M60 108L72 62" />
          <path d="M101 44H290V56M290 96V108H200M101 108H150" />
          <rect x={270} y={56} width={40} height={40} />
          <path d="M276 90L304 62" />
          <path d="M150 92V124M160 98V118" />
          <path d="M160 108H200" />
          {current === "dc" ? <Diode /> : <Snubber />}
        </g>
        <g fontSize={13} fill="currentColor">
          <text x={18} y={82}>
            {t("drawing.relay")}
          </text>
          <text x={290} y={126} textAnchor="middle">
            {t(current === "dc" ? "drawing.coil" : "drawing.contactor")}
          </text>
          <text x={155} y={144} textAnchor="middle">
            {t("drawing.supply")}
          </text>
          <text x={212} y={82} textAnchor="end">
            {t(current === "dc" ? "drawing.diode" : "drawing.snubber")}
          </text>
        </g>
      </svg>
      <Text size="sm">{t(`drawing.${current}`)}</Text>
    </div>
  );
}

/** Its bar towards plus (the upper wire): no current but the coil's own, when the contact opens. */
const Diode = () => (
  <>
    <path d="M230 44V66M230 84V108" />
    <path d="M220 84H240L230 66Z" fill="currentColor" />
    <path d="M220 66H240" />
  </>
);

const Snubber = () => (
  <>
    <path d="M230 44V56M230 76V84M230 92V108" />
    <rect x={224} y={56} width={12} height={20} />
    <path d="M220 84H240M220 92H240" />
  </>
);
