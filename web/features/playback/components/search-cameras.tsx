import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";
import { CameraList } from "./camera-list.tsx";

interface SearchCamerasProps {
  readonly search: {
    readonly searchable: readonly Channel[];
    readonly searched: readonly number[];
    readonly setSearched: (channels: readonly number[]) => void;
  };
}

/** Which cameras are searched: all that may be, whether they play or not, or some of them. */
export function SearchCameras({ search }: SearchCamerasProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const { searchable, searched } = search;
  if (searchable.length < 2) return null;
  const some = searchable.filter(({ channel }) => searched.includes(channel));
  const names = some.map(({ name }) => name).join(", ");
  const says =
    some.length === searchable.length
      ? t("cameras.all")
      : some.length > 2
        ? t("cameras.count", { count: some.length })
        : names;
  return (
    <CameraList
      small
      label={t("objects.cameras")}
      name={t("objects.which", { cameras: says === "" ? t("cameras.choose") : says })}
      says={says === "" ? t("cameras.choose") : says}
      all={searchable}
      most={searchable.length}
      chosen={searched}
      onChosen={search.setSearched}
    />
  );
}
