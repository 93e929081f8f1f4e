import { Autocomplete, Loader } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "../said.ts";
import { presetChoices, presetIn, presetText } from "./preset-text.ts";
import { usePresets } from "./ptz-api.ts";

interface PresetPickerProps {
  readonly channel: number;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly preset: number | undefined;
  /** `undefined`: the field is empty; `NaN`: it holds no preset. */
  readonly onChange: (preset: number | undefined) => void;
}

/** A preset by the camera's name for it, or by its number. Who goes into the field has the camera asked, once. */
export function PresetPicker({ channel, preset, onChange, ...field }: PresetPickerProps): ReactElement {
  const { t } = useTranslation("common");
  const presets = usePresets(channel);
  /** What stands there while somebody types. */
  const [typed, setTyped] = useState<string>();
  const known = presets.data ?? [];
  const ask = () => {
    if (presets.data === undefined && presets.error === null && !presets.isFetching) void presets.refetch();
  };
  const type = (text: string) => {
    setTyped(text);
    onChange(presetIn(text, known));
  };
  /** A name that was typed before the camera had answered is understood now; what is no preset stays to be mended. */
  const leave = () => {
    if (typed === undefined) return;
    const meant = presetIn(typed, known);
    onChange(meant);
    if (!Number.isNaN(meant ?? 0)) setTyped(undefined);
  };
  const silent = presets.error === null ? undefined : t("presets.silent", { why: saidOf(presets.error) });
  const says = silent ?? (presets.data?.length === 0 ? t("presets.none") : field.description);
  return (
    <Autocomplete
      {...field}
      description={says}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={presetChoices(known)}
      value={typed ?? presetText(preset, known)}
      onChange={type}
      onFocus={ask}
      onBlur={leave}
      filter={({ options }) => options}
      error={preset !== undefined && Number.isNaN(preset) ? t("presets.bad") : undefined}
      rightSection={presets.isFetching ? <Loader size="xs" /> : undefined}
      openOnFocus
    />
  );
}
