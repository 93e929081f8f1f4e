import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import type { CameraView, PreRecordView } from "../model/camera-view.ts";

/** The words of a camera's row, in the reader's language. */
export function useCameraWords() {
  const { t } = useTranslation("cameras");
  const format = useFormat();
  return {
    /** `H.264 · 1920 × 1080 · 12.5/s` */
    sends: ({ codec, size, picturesPerSecond }: CameraView): string => {
      const rate = picturesPerSecond === undefined ? undefined : `${format.number(picturesPerSecond, 1)}/s`;
      return [codec, size, rate].filter((part) => part !== undefined).join(" · ");
    },
    bitRate: ({ bitsPerSecond }: CameraView): string =>
      bitsPerSecond === undefined ? "" : format.bitRate(bitsPerSecond).replace(" ", "\u00a0"),
    preRecord: (view: PreRecordView): string => {
      if (view.kind === "none") return t("preRecord.none");
      if (view.kind === "nothing-now") return t("preRecord.nothingNow", { asked: view.askedS });
      if (view.kind === "recorded") return t("preRecord.recorded", { asked: view.askedS });
      return view.short
        ? t("preRecord.short", { held: view.heldS, asked: view.askedS })
        : t("preRecord.held", { asked: view.askedS });
    },
    recording: ({ recordMode }: Pick<Channel, "recordMode">): string => t(`mode.${recordMode}`),
    sound: ({ audio }: Pick<Channel, "audio">): string => (audio ? t("sound.on") : t("sound.off")),
  };
}
