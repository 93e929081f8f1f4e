import { useTranslation } from "react-i18next";
import { disarmedMode } from "../../../src/domain/arming.ts";
import { tellFailure } from "../tell.ts";
import { readinessOf, useArm } from "./arming-data.ts";
import { useModeName } from "./mode-name.ts";

/** Arms in a mode or disarms; asks first where something is open or could not see or record. */
export function useArmIn(): { readonly arm: (mode: string) => void; readonly pending: boolean } {
  const { t } = useTranslation("arming");
  const nameOf = useModeName();
  const change = useArm();
  const failed = (error: unknown) =>
    tellFailure(t("failed"), error instanceof Error ? error : new Error(String(error)));
  const arm = async (mode: string) => {
    if (mode !== disarmedMode) {
      const ready = await readinessOf(mode);
      if (!ready.ready || ready.cameras.length + ready.boards.length + ready.disks.length > 0) {
        const { openArmDialog } = await import("./arm-dialog.tsx");
        openArmDialog(t("ask.title", { mode: nameOf(mode) }), ready);
        return;
      }
    }
    await change.mutateAsync({ mode });
  };
  return { arm: (mode) => void arm(mode).catch(failed), pending: change.isPending };
}
