import { Alert, Checkbox, SegmentedControl, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { outputRanges, type RelayLoad } from "../../../../src/domain/output-settings.ts";
import type { Draft } from "../../../shared/draft.ts";
import { firstLoad, verdictOf, withLoad, type OutputSettings } from "../model/settings.ts";
import { LoadDrawing } from "./load-drawing.tsx";
import { RangeField } from "../../../shared/ui/range-field.tsx";

/** What hangs on the contact, and whether it may. */
export function LoadFields({ draft }: { readonly draft: Draft<OutputSettings> }): ReactElement {
  const { t } = useTranslation("alarm-out");
  const { load } = draft.value;
  const set = (part: Partial<RelayLoad>) => draft.set({ load: withLoad(draft.value, part) });
  return (
    <Stack gap="sm">
      <Switch
        label={t("load.known")}
        checked={load !== undefined}
        onChange={(event) => draft.set({ load: event.currentTarget.checked ? firstLoad : undefined })}
      />
      {load !== undefined && (
        <>
          <SimpleGrid cols={2}>
            <RangeField
              label={t("load.volts")}
              suffix=" V"
              range={outputRanges.volts}
              value={load.volts}
              onChange={(value) => set({ volts: value })}
            />
            <RangeField
              label={t("load.amps")}
              suffix=" A"
              decimalScale={3}
              step={0.1}
              range={outputRanges.amps}
              value={load.amps}
              onChange={(value) => set({ amps: value })}
            />
          </SimpleGrid>
          <Stack gap="xs">
            <SegmentedControl
              aria-label={t("load.current")}
              value={load.current}
              onChange={(value) => set({ current: value === "ac" ? "ac" : "dc" })}
              data={(["dc", "ac"] as const).map((value) => ({ value, label: t(`load.${value}`) }))}
            />
            <SegmentedControl
              aria-label={t("load.nature")}
              value={load.nature}
              onChange={(value) => set({ nature: value === "inductive" ? "inductive" : "resistive" })}
              data={(["resistive", "inductive"] as const).map((value) => ({ value, label: t(`load.${value}`) }))}
            />
          </Stack>
          <Text size="xs" c="dimmed">
            {t(`load.${load.nature}Help`)}
          </Text>
          <Verdict settings={draft.value} onConfirm={(confirmed) => set({ confirmed })} />
          {load.nature === "inductive" && <LoadDrawing current={load.current} />}
        </>
      )}
    </Stack>
  );
}

interface VerdictProps {
  readonly settings: OutputSettings;
  readonly onConfirm: (confirmed: boolean) => void;
}

function Verdict({ settings, onConfirm }: VerdictProps): ReactElement | null {
  const { t } = useTranslation("alarm-out");
  const verdict = verdictOf(settings);
  if (verdict === undefined || settings.load === undefined) return null;
  if (verdict.kind === "unknown") return <Text size="sm">{t("load.noRating")}</Text>;
  const may = { volts: verdict.rated.volts, amps: verdict.rated.amps };
  const half = settings.load.nature === "inductive" ? ` ${t("load.half")}` : "";
  if (verdict.kind === "fits") {
    return (
      <Text size="sm" data-verdict="fits">
        {t("load.fits", may) + half}
      </Text>
    );
  }
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} data-verdict="too-much">
      <Stack gap="xs">
        <Text size="sm">{t(`load.tooMuch.${verdict.what}`, may) + half}</Text>
        <Checkbox
          label={t("load.confirm")}
          checked={settings.load.confirmed === true}
          onChange={(event) => onConfirm(event.currentTarget.checked)}
        />
      </Stack>
    </Alert>
  );
}
