import { useTranslation } from "react-i18next";
import type { Draft } from "./draft.ts";
import { tellDone, tellFailure } from "./tell.ts";

/** What follows on Apply: what is shown is what is saved now, or the refusal is told under `notSaved` and the draft stays. */
export function useApplied(draft: Pick<Draft<never>, "discard">, notSaved: string) {
  const { t } = useTranslation("common");
  return {
    onSuccess: () => {
      draft.discard();
      tellDone(t("saved"));
    },
    onError: (error: Error) => tellFailure(notSaved, error),
  };
}
