import { useTranslation } from "react-i18next";
import { defaultArming, disarmedMode, type ModeSettings } from "../../../src/domain/arming.ts";
import { useArmingSettings } from "./arming-data.ts";

/** Names of modes in the reader's language; one that somebody renamed is called what they called it. */
export function useModeName(): (mode: string) => string {
  const { t } = useTranslation("arming");
  const modes: readonly ModeSettings[] = useArmingSettings().data?.modes ?? defaultArming.modes;
  return (mode) => {
    if (mode === disarmedMode) return t("mode.disarmed");
    const name = modes.find((one) => one.mode === mode)?.name ?? mode;
    const usual = defaultArming.modes.find((one) => one.mode === mode)?.name === name;
    return usual && (mode === "home" || mode === "night" || mode === "away") ? t(`mode.${mode}`) : name;
  };
}
