import { useTranslation } from "react-i18next";

/** Labels of COCO that a recorder sees now and then; a model of one's own may have any others. */
const known = [
  ...(["person", "bicycle", "car", "motorcycle", "bus", "train", "truck"] as const),
  ...(["bird", "cat", "dog", "horse"] as const),
] as const;

/** What an object is called in the reader's language; a label that nobody translated stands as it is. */
export function useObjectName(): (label: string) => string {
  const { t } = useTranslation("common");
  return (label) => {
    const found = known.find((one) => one === label);
    return found === undefined ? label : t(`objects.${found}`);
  };
}
