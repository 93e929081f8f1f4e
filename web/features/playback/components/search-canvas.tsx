import { Button, Group, Text } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { cellsOfHex, hexOfCells, noCells } from "../../../../src/domain/detection/motion-grid.ts";
import { CellGrid } from "../../../shared/cell-grid/cell-grid.tsx";
import { countOf } from "../../../shared/cell-grid/paint.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { useThumb } from "../api/key-frames.ts";
import classes from "./player.module.css";

interface SearchCanvasProps {
  readonly channel: number;
  /** What is drawn on it, as `hexOfCells` writes it; undefined: nothing. */
  readonly cells: string | undefined;
  readonly onCells: (cells: string | undefined) => void;
  readonly position: number;
}

const color = "#c2255c";
/** The next whole second: its key frame is not one of before the first footage. */
const secondAt = (position: number): number => Math.ceil(position / 1000) * 1000;

/** A picture of the camera to draw on. */
export function SearchCanvas({ channel, cells, onCells, position }: SearchCanvasProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const [at, setAt] = useState(() => secondAt(position));
  const [ratio, setRatio] = useState(16 / 9);
  const [loaded, setLoaded] = useState<number>();
  const thumb = useThumb(channel, at);
  const map = (cells === undefined ? undefined : cellsOfHex(cells)) ?? noCells();
  const says = { loading: t("thumb.loading"), none: t("thumb.none"), failed: t("thumb.failed"), picture: "" }[
    thumb.kind
  ];
  return (
    <>
      <div
        className={classes["canvas"]}
        style={{ aspectRatio: ratio }}
        data-picture={loaded === at ? "there" : thumb.kind}
      >
        {thumb.kind === "picture" ? (
          <img
            src={thumb.src}
            alt=""
            onLoad={({ currentTarget }) => {
              setRatio(currentTarget.naturalWidth / currentTarget.naturalHeight);
              setLoaded(at);
            }}
          />
        ) : (
          <Text size="sm">{says}</Text>
        )}
        <CellGrid
          label={t("search.grid")}
          drawn={{ key: "search", map, color }}
          brush="rectangle"
          onPaint={(next) => onCells(countOf(next) === 0 ? undefined : hexOfCells(next))}
        />
      </div>
      <Group gap="xs" justify="space-between">
        <Text size="xs" c="dimmed">
          {thumb.kind === "picture" ? t("search.pictureOf", { time: format.dateTime(thumb.at) }) : ""}
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => setAt(secondAt(position))}>
            {t("search.takeNow")}
          </Button>
          <Button size="compact-sm" variant="default" disabled={cells === undefined} onClick={() => onCells(undefined)}>
            {t("search.clear")}
          </Button>
        </Group>
      </Group>
    </>
  );
}
