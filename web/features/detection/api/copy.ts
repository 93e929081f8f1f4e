import { useTranslation } from "react-i18next";
import { useCopyDetection } from "../../../shared/detection/detection-data.ts";
import { copyOnto, type CopiedPart } from "../model/copy.ts";
import { draftOf, type Named } from "../model/draft.ts";

/** What one camera is watched for onto others. */
export function useCopyEvents(from: number) {
  const { t } = useTranslation("detection");
  return useCopyDetection<CopiedPart>(from, draftOf, (source, { camera, draft }, what) => {
    const named: Named = { channel: camera, nameOf: (event) => t(`event.${event}.name`) };
    return copyOnto({ draft: source.draft, channel: source.camera.channel }, draft, what, named);
  });
}
