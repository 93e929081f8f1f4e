import { useTranslation } from "react-i18next";
import { inputKinds, isPictureKind, pictureKinds, type InputKind } from "../../../src/domain/input-kind.ts";
import type { OutputKind } from "../../../src/domain/site-config.ts";

export const outputKinds: readonly OutputKind[] = ["siren", "strobe", "light", "lock", "gate", "buzzer", "general"];

interface Choice<Kind> {
  readonly value: Kind;
  readonly label: string;
}

/** Kinds with their words: of contacts, or those of pictures for an input that is one of them. */
export function useInputKinds(now?: InputKind): readonly Choice<InputKind>[] {
  const { t } = useTranslation("io");
  const offered =
    now !== undefined && isPictureKind(now) ? pictureKinds : inputKinds.filter((kind) => !isPictureKind(kind));
  return offered.map((value) => ({ value, label: t(`inputKind.${value}`) }));
}

export function useOutputKinds(): readonly Choice<OutputKind>[] {
  const { t } = useTranslation("io");
  return outputKinds.map((value) => ({ value, label: t(`outputKind.${value}`) }));
}
