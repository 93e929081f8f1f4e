import { useTranslation } from "react-i18next";
import { inputKinds, type InputKind } from "../../../src/domain/input-kind.ts";
import type { OutputKind } from "../../../src/domain/site-config.ts";

export const outputKinds: readonly OutputKind[] = ["siren", "strobe", "light", "lock", "gate", "buzzer", "general"];

interface Choice<Kind> {
  readonly value: Kind;
  readonly label: string;
}

/** Kinds with their words. */
export function useInputKinds(): readonly Choice<InputKind>[] {
  const { t } = useTranslation("io");
  return inputKinds.map((value) => ({ value, label: t(`inputKind.${value}`) }));
}

export function useOutputKinds(): readonly Choice<OutputKind>[] {
  const { t } = useTranslation("io");
  return outputKinds.map((value) => ({ value, label: t(`outputKind.${value}`) }));
}
