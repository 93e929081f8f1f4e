import { useTranslation } from "react-i18next";
import { useCopyDetection } from "../../../shared/detection/detection-data.ts";
import { copyOnto, draftOf, type CopiedPart } from "../model/draft.ts";

/** The rules of one camera onto others. */
export function useCopyRules(from: number) {
  const { t } = useTranslation("ai-rules");
  return useCopyDetection<CopiedPart>(from, draftOf, (source, to, what) =>
    copyOnto(source, to, what, (target) => t(`smart.${target}`)),
  );
}
