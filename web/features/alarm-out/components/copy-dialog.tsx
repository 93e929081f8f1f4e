import type { TFunction } from "i18next";
import type { CopiedOutputSetting } from "../../../../src/contract/output.ts";
import { openCopySettings } from "../../../shared/io/copy-settings.tsx";
import type { Output } from "../../../shared/types.ts";
import { useCopyOutput } from "../api/outputs.ts";

/** Ticked at first: how it behaves, not what it is. */
const settings = {
  behaviour: true,
  maxOnS: true,
  paceS: true,
  relay: true,
  load: true,
  restState: false,
  kind: false,
} as const satisfies Record<CopiedOutputSetting, boolean>;

/** Settings of one output onto others. */
export function openCopyOutput(t: TFunction<"alarm-out">, from: Output, all: readonly Output[]): void {
  openCopySettings<CopiedOutputSetting>(t("copy.title"), {
    from: from.output,
    all: all.map(({ output, name }) => ({ id: output, name })),
    settings,
    nameOf: (setting) => t(`copied.${setting}`),
    says: { nobody: t("copy.nobody"), done: (count) => t("copy.done", { count }) },
    useCopy: useCopyOutput,
  });
}
