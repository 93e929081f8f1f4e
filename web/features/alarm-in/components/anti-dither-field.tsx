import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ranges } from "../../../../src/domain/site-config.ts";
import type { Draft } from "../../../shared/draft.ts";
import { RangeField } from "../../../shared/ui/range-field.tsx";
import type { InputSettings } from "../model/settings.ts";

interface AntiDitherProps {
  readonly draft: Draft<InputSettings>;
  /** Pixels, at most. */
  readonly maw?: number;
}

/** How long repeats belong to the edge before. */
export function AntiDitherField({ draft, maw }: AntiDitherProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  return (
    <RangeField
      label={t("field.antiDitherS")}
      description={t("help.antiDitherS")}
      suffix=" s"
      {...(maw === undefined ? {} : { maw })}
      range={ranges.antiDitherS}
      value={draft.value.antiDitherS}
      onChange={(antiDitherS) => draft.set({ antiDitherS })}
    />
  );
}
