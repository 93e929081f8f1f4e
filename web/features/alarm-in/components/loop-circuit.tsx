import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Level } from "../../../../src/domain/level.ts";
import type { LoopSettings } from "../../../../src/domain/supervised-loop.ts";
import { ohmsText } from "../../../shared/io/ohms.ts";
import { useFormat } from "../../../shared/site-data.ts";

interface CircuitProps {
  readonly loop: LoopSettings;
  readonly level: Level;
  readonly label: string;
  readonly point: number;
}

/** Terminals with the pull-up on the left, the cable, and at its far end the contact with its resistors. */
export function LoopCircuit({ loop, level, label, point }: CircuitProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const format = useFormat();
  const { wiring } = loop;
  const inLine = wiring === "series" || wiring === "double";
  const across = wiring === "parallel" || wiring === "double";
  const eol = t("loop.eol", { ohms: ohmsText(loop.eolOhm, format) });
  return (
    <svg viewBox="0 0 400 220" role="img" aria-label={label} style={{ width: "100%", maxWidth: 460 }}>
      <rect x={6} y={8} width={138} height={204} rx={8} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <Terminal y={34} name={t("loop.supply")} />
      <Terminal y={118} name={t("loop.input", { point })} />
      <Terminal y={184} name={t("wiring.ground")} />
      <g stroke="currentColor" strokeWidth={2.5} fill="none" strokeLinecap="round">
        <path d="M134 34H160V52M160 100V118M134 118H160" />
        <rect x={153} y={52} width={14} height={48} />
        <path d={inLine ? "M160 118H208M256 118H290" : "M160 118H290"} />
        {inLine && <rect x={208} y={111} width={48} height={14} />}
        <path d={level === "closed" ? "M290 118H334" : "M290 118L328 98"} {...dashed(level)} />
        <path d="M334 118H352V184H134" />
        {across && <path d="M286 118V70H290M338 70H342V118" />}
        {across && <rect x={290} y={63} width={48} height={14} />}
      </g>
      <circle cx={160} cy={118} r={3.5} fill="currentColor" />
      <circle cx={290} cy={118} r={4} fill="currentColor" />
      <circle cx={334} cy={118} r={4} fill="currentColor" />
      <g fontSize={12.5} fill="currentColor">
        <text x={176} y={81}>
          {t("loop.pullUp", { ohms: ohmsText(loop.pullUpOhm, format) })}
        </text>
        {inLine && (
          <text x={232} y={145} textAnchor="middle">
            {eol}
          </text>
        )}
        {across && (
          <text x={314} y={52} textAnchor="middle">
            {eol}
          </text>
        )}
        <text x={240} y={176} textAnchor="middle" opacity={0.75}>
          {t("loop.cable")}
        </text>
      </g>
    </svg>
  );
}

const dashed = (level: Level) => (level === "closed" || level === "open" ? {} : { strokeDasharray: "3 6" });

function Terminal({ y, name }: { readonly y: number; readonly name: string }): ReactElement {
  return (
    <>
      <text x={16} y={y + 5} fontSize={13} fontWeight={600} fill="currentColor">
        {name}
      </text>
      <circle cx={126} cy={y} r={8} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <path d={`M121 ${y + 5}L131 ${y - 5}`} stroke="currentColor" strokeWidth={1.5} />
    </>
  );
}
