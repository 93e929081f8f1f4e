import { Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { loopRanges, usualEolOhms } from "../../../../src/domain/supervised-loop.ts";
import { ohmsText } from "../../../shared/io/ohms.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { LoopDraft } from "../model/loops.ts";

interface LoopFieldsProps {
  readonly loop: LoopDraft;
  /** A register can read the supply. */
  readonly supplied: boolean;
  readonly of: string;
  readonly onChange: (loop: LoopDraft) => void;
}

/** Resistors and scale of one supervised loop. */
export function LoopFields({ loop, supplied, of, onChange }: LoopFieldsProps): ReactElement {
  const { t } = useTranslation("boards");
  const number = (key: "pullUpOhm" | "fullScale" | "zero" | "ownOhm" | "referenceAddress") => ({
    ...{ size: "xs", w: 120, label: t(`points.loop.${key}`), min: 0 },
    "aria-label": t("points.of", { field: t(`points.loop.${key}`), what: of }),
  });
  const given = (value: string | number) => (typeof value === "number" ? value : Number.NaN);
  const optional = (key: "zero" | "referenceAddress", value: string | number) => {
    const { [key]: before, ...rest } = loop;
    onChange(value === "" || before === value ? rest : { ...rest, [key]: given(value) });
  };
  return (
    <Stack gap={4} pl={{ base: 0, sm: 96 }} role="group" aria-label={of}>
      <Group gap="xs" align="flex-end">
        {loop.wiring !== "none" && <Resistor loop={loop} of={of} onChange={onChange} number={number("ownOhm")} />}
        <NumberInput
          {...number("pullUpOhm")}
          suffix=" Ω"
          max={loopRanges.pullUpOhm[1]}
          value={loop.pullUpOhm}
          onChange={(value) => onChange({ ...loop, pullUpOhm: given(value) })}
        />
        <NumberInput
          {...number("fullScale")}
          max={loopRanges.counts[1]}
          value={loop.fullScale}
          onChange={(value) => onChange({ ...loop, fullScale: given(value) })}
        />
        <NumberInput
          {...number("zero")}
          max={loopRanges.counts[1]}
          placeholder="0"
          value={loop.zero ?? ""}
          onChange={(value) => optional("zero", value)}
        />
        {supplied && (
          <NumberInput
            {...number("referenceAddress")}
            w={150}
            max={65_535}
            placeholder={t("points.loop.noReference")}
            value={loop.referenceAddress ?? ""}
            onChange={(value) => optional("referenceAddress", value)}
          />
        )}
      </Group>
      <Text size="xs" c="dimmed" maw={620}>
        {t("points.loop.help")}
      </Text>
    </Stack>
  );
}

const own = "own";

function Resistor({
  loop,
  of,
  onChange,
  number,
}: Pick<LoopFieldsProps, "loop" | "of" | "onChange"> & { readonly number: object }): ReactElement {
  const { t } = useTranslation("boards");
  const format = useFormat();
  const usual = usualEolOhms.some((ohms) => ohms === loop.eolOhm);
  const [another, setAnother] = useState(!usual);
  return (
    <>
      <Select
        size="xs"
        w={140}
        label={t("points.loop.eolOhm")}
        aria-label={t("points.of", { field: t("points.loop.eolOhm"), what: of })}
        allowDeselect={false}
        data={[
          ...usualEolOhms.map((ohms) => ({ value: String(ohms), label: ohmsText(ohms, format) })),
          { value: own, label: t("points.loop.own") },
        ]}
        value={another || !usual ? own : String(loop.eolOhm)}
        onChange={(value) => {
          setAnother(value === own);
          if (value !== null && value !== own) onChange({ ...loop, eolOhm: Number(value) });
        }}
      />
      {(another || !usual) && (
        <NumberInput
          {...number}
          suffix=" Ω"
          w={140}
          max={loopRanges.eolOhm[1]}
          value={loop.eolOhm}
          onChange={(value) => onChange({ ...loop, eolOhm: typeof value === "number" ? value : Number.NaN })}
        />
      )}
    </>
  );
}
