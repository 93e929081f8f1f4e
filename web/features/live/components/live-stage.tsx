import { useDisclosure, useLocalStorage } from "@mantine/hooks";
import { lazy, Suspense, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { tellFailure } from "../../../shared/tell.ts";
import type { Channel } from "../../../shared/types.ts";
import { useArrangement } from "../api/arrangement-state.ts";
import { useRecordNow, useRecordingByHand, useSnapshot } from "../api/camera-actions.ts";
import { useLiveKeys } from "../api/live-keys.ts";
import { useSpaceAbove } from "../api/space-above.ts";
import { beside, pageOf, pagesOf, sizeOf, type Direction } from "../model/arrangement.ts";
import { boxesOf, showsBoxes, turnedAll, turnedOne, type ShownBoxes } from "../model/boxes.ts";
import type { CameraKey, LiveKey } from "../model/keys.ts";
import { AlarmFront } from "./alarm-front.tsx";
import { LiveGrid } from "./live-grid.tsx";
import classes from "./live.module.css";
import { LiveToolbar } from "./live-toolbar.tsx";
import { ViewMenu } from "./view-menu.tsx";

/** Seen by those who ask. */
const KeysHelp = lazy(() => import("./keys-help.tsx"));

/** The arrangement, what is enlarged and heard, and the keys. */
export function LiveStage({ channels }: { readonly channels: readonly Channel[] }): ReactElement {
  const { t } = useTranslation("live");
  const state = useArrangement(channels);
  const { arrangement, views } = state;
  const stage = useRef<HTMLDivElement>(null);
  const [wantedPage, setPage] = useState(0);
  const [active, setActive] = useState(0);
  const [enlarged, enlarge] = useState<number>();
  const [sounding, setSounding] = useState<number>();
  const [kept, setBoxes] = useLocalStorage<boolean | ShownBoxes>({ key: "reed-live-boxes", defaultValue: false });
  const boxes = boxesOf(kept);
  const turnBoxes = (): void =>
    setBoxes(
      turnedAll(
        boxes,
        channels.map((one) => one.channel),
      ),
    );
  const [helping, help] = useDisclosure(false);
  const snapshot = useSnapshot();
  const record = useRecordNow();
  const recording = useRecordingByHand();
  const pages = pagesOf(arrangement);
  const page = Math.min(wantedPage, pages - 1);
  const size = sizeOf(arrangement);
  const shown = pageOf(arrangement, page);
  const channel = channels.find((one) => one.channel === (enlarged ?? shown[Math.min(active, size - 1)]));

  const fullScreen = (): void => {
    const done = document.fullscreenElement === null ? stage.current?.requestFullscreen() : document.exitFullscreen();
    done?.catch((error: unknown) =>
      tellFailure(t("fullScreen"), error instanceof Error ? error : new Error(String(error))),
    );
  };
  const focusPlace = (place: number): void => {
    setActive(place);
    stage.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
  };
  const goTo = (next: number): void => {
    setPage(Math.max(0, Math.min(pages - 1, next)));
    enlarge(undefined);
  };
  const go = (direction: Direction): void => {
    const to = enlarged === undefined ? beside(size, active, direction) : undefined;
    if (to !== undefined) focusPlace(to);
  };
  const act = (kind: CameraKey): void => {
    if (channel === undefined) return;
    const { channel: number, audio } = channel;
    if (kind === "snapshot") snapshot.mutate(channel);
    else if (kind === "record") record.mutate({ channel: number, stop: recording.has(number) });
    else if (kind === "sound") setSounding(!audio || sounding === number ? undefined : number);
    else if (kind === "camera-boxes") setBoxes(turnedOne(boxes, number));
    else enlarge(enlarged === undefined ? number : undefined);
  };
  const press = (key: LiveKey): void => {
    if (key.kind === "layout") state.arrange({ ...arrangement, layout: key.layout });
    else if (key.kind === "view") state.open(views[key.index]?.view ?? state.view?.view);
    else if (key.kind === "go") go(key.direction);
    else if (key.kind === "page") goTo(page + key.by);
    else if (key.kind === "back") enlarge(undefined);
    else if (key.kind === "full-screen") fullScreen();
    else if (key.kind === "help") help.open();
    else if (key.kind === "boxes") turnBoxes();
    else act(key.kind);
  };
  useLiveKeys(press);
  useSpaceAbove(stage);

  return (
    <>
      <PageHeader title={t("title")}>
        <LiveToolbar
          layout={arrangement.layout}
          page={page}
          pages={pages}
          views={<ViewMenu state={state} />}
          onLayout={(layout) => state.arrange({ ...arrangement, layout })}
          boxes={channels.some((one) => showsBoxes(boxes, one.channel))}
          onBoxes={turnBoxes}
          onPage={goTo}
          onFullScreen={fullScreen}
          onHelp={help.open}
        />
      </PageHeader>
      <div ref={stage} className={classes["stage"]}>
        <Suspense>
          <AlarmFront channels={channels} onEnlarge={enlarge} />
        </Suspense>
        <LiveGrid
          {...{ channels, arrangement, page, active, enlarged, sounding, boxes }}
          onActive={setActive}
          onEnlarge={enlarge}
          onSound={setSounding}
          onBoxes={(number) => setBoxes(turnedOne(boxes, number))}
          onArrange={state.arrange}
        />
      </div>
      {helping && (
        <Suspense>
          <KeysHelp opened onClose={help.close} />
        </Suspense>
      )}
    </>
  );
}
