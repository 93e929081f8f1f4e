import { SegmentedControl, Select } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useObjectName } from "../../../shared/detection/object-name.ts";
import { objectTargets } from "../model/objects.ts";
import type { ObjectSearching } from "../use-object-search.ts";

/** Who is looked for: people, vehicles, or one of the things that were seen. */
export function WhoChoice({ search }: { readonly search: ObjectSearching }): ReactElement {
  const { t } = useTranslation("playback");
  const nameOf = useObjectName();
  const { who, labels, setWho } = search;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t("objects.who")}
        value={"target" in who ? who.target : ""}
        onChange={(value) => setWho({ target: objectTargets.find((one) => one === value) ?? "all" })}
        data={objectTargets.map((one) => ({ value: one, label: t(`objects.targets.${one}`) }))}
      />
      {labels.length > 0 && (
        <Select
          size="xs"
          w={200}
          clearable
          aria-label={t("objects.label")}
          placeholder={t("objects.anything")}
          value={"label" in who ? who.label : null}
          onChange={(label) => setWho(label === null ? { target: "all" } : { label })}
          data={labels.map(({ label, count }) => ({
            value: label,
            label: t("objects.labelCount", { label: nameOf(label), number: count }),
          }))}
        />
      )}
    </>
  );
}
