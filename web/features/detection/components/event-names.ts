import { useTranslation } from "react-i18next";
import type { DetectionFields } from "../../../shared/detection/linked-inputs.ts";
import { singleEvents, isOn } from "../model/draft.ts";

/** What a camera is watched for, in words. */
export function useEventNames(): (settings: DetectionFields) => string {
  const { t } = useTranslation("detection");
  return (settings) => {
    const regions = settings.motion?.regions.length ?? 0;
    const rules = (settings.rules?.length ?? 0) + (settings.own?.rules?.length ?? 0);
    const single = singleEvents.filter((event) => isOn({ settings, inputs: [] }, event));
    return [
      ...(regions === 0 ? [] : [t("event.motion.count", { count: regions })]),
      ...single.map((event) => t(`event.${event}.name`)),
      ...(rules === 0 ? [] : [t("event.rules", { count: rules })]),
      ...(settings.smart?.human === true ? [t("event.human")] : []),
      ...(settings.smart?.vehicle === true ? [t("event.vehicle")] : []),
    ].join(", ");
  };
}
