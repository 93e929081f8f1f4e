import { SegmentedControl } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";
import { fill, type Size, sizes, sizesFor } from "../model/wall.ts";
import { CameraList } from "./camera-list.tsx";

interface CameraChoiceProps {
  readonly all: readonly Channel[];
  readonly channels: readonly number[];
  /** What this screen has room for. */
  readonly most: Size;
  readonly onChannels: (channels: number[]) => void;
}

/** How many cameras, and which: the layout fills up with the next ones, the list takes any. */
export function CameraChoice({ all, channels, most, onChannels }: CameraChoiceProps): ReactElement {
  const { t } = useTranslation("playback");
  const layouts = sizesFor(all.length, most);
  const shown = all.filter(({ channel }) => channels.includes(channel));
  const says =
    shown.length > 2 ? t("cameras.count", { count: shown.length }) : shown.map(({ name }) => name).join(", ");
  const size = sizes.find((one) => one >= channels.length) ?? 16;
  const numbers = all.map(({ channel }) => channel);
  return (
    <>
      <CameraList
        label={t("cameras.label")}
        name={t("cameras.which", { cameras: says })}
        says={says === "" ? t("cameras.choose") : says}
        {...{ all, most }}
        chosen={channels}
        onChosen={onChannels}
      />
      {layouts.length > 1 && (
        <SegmentedControl
          aria-label={t("cameras.layout")}
          data={layouts.map((one) => ({ value: String(one), label: String(one) }))}
          value={String(size)}
          onChange={(value) => onChannels(fill(channels, numbers, Number(value)))}
        />
      )}
    </>
  );
}
