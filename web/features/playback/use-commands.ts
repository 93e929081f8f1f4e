import { notifications } from "@mantine/notifications";
import { type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { saidName, saidOf } from "../../shared/said.ts";
import { useFormat } from "../../shared/site-data.ts";
import type { Channel } from "../../shared/types.ts";
import type { Edge } from "./api/edges.ts";
import { eventBeside } from "./api/timeline.ts";
import { commandOf, type PlayerCommand } from "./model/keys.ts";
import type { Session } from "./player/session.ts";
import { saveSnapshot } from "./player/snapshot.ts";

export interface CommandTargets {
  readonly session: Session | undefined;
  readonly channels: readonly Channel[];
  /** Of the input that is looked for: then only these are gone to. */
  readonly edges: readonly Edge[] | undefined;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly onMark: (end: "in" | "out") => void;
  readonly onExport: () => void;
  readonly onHelp: () => void;
  readonly onSound: () => void;
  readonly onBoxes: () => void;
  readonly onNote: () => void;
  readonly onLayout: (players: number) => void;
  /** From one camera alone back to all of them. */
  readonly onAll: () => void;
  /** Somebody goes to a time that may be on another day. */
  readonly onGo: (wall: number) => void;
}

/** Before an event, so that one sees it coming; and behind it, the next one is another one. */
const beforeEventMs = 2000;

/** Carries out what buttons and keys ask for. */
export function useCommands(targets: CommandTargets): (command: PlayerCommand) => void {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const close = { closeButtonProps: { "aria-label": t("keys.close") } };
  const goToEvent = async (session: Session, direction: 1 | -1): Promise<void> => {
    const { position } = session.state;
    const numbers = targets.channels.map(({ channel }) => channel);
    const from = direction === 1 ? position + beforeEventMs + 500 : position;
    const event =
      targets.edges === undefined
        ? await eventBeside(numbers, from, direction)
        : edgeBeside(targets.edges, from, direction);
    if (event === undefined) {
      notifications.show({ ...close, message: t(direction === 1 ? "event.noNext" : "event.noPrevious") });
      return;
    }
    targets.onGo(event.at - beforeEventMs);
    const what =
      event.name === undefined ? t(`event.${event.cause === "manual" ? "manual" : "other"}`) : saidName(event.name);
    notifications.show({ ...close, id: "event", message: t("event.at", { what, time: format.dateTime(event.at) }) });
  };
  const saveAll = async (session: Session): Promise<void> => {
    const time = format.timeMs(session.state.position).replaceAll(":", "");
    for (const { channel, name } of targets.channels) {
      const video = targets.grid.current?.querySelector<HTMLVideoElement>(
        `[data-channel="${channel}"][data-state="ready"] video`,
      );
      if (video instanceof HTMLVideoElement)
        await saveSnapshot(video, `${name} ${format.day(session.state.position)} ${time}`);
    }
  };
  const carryOut = (command: PlayerCommand): void => {
    const { session } = targets;
    if (session === undefined) return;
    const { playing, position } = session.state;
    const failed = (error: unknown) =>
      notifications.show({ ...close, color: "red", message: error instanceof Error ? saidOf(error) : String(error) });
    const actions: Readonly<Record<PlayerCommand["kind"], () => void>> = {
      toggle: () => (playing ? session.pause() : session.play()),
      pause: () => session.pause(),
      faster: () => session.shuttle("on"),
      backwards: () => session.shuttle("back"),
      sound: () => targets.onSound(),
      skip: () => command.kind === "skip" && targets.onGo(position + command.seconds * 1000),
      frame: () => command.kind === "frame" && void session.step(command.direction).catch(failed),
      event: () => command.kind === "event" && void goToEvent(session, command.direction).catch(failed),
      snapshot: () => void saveAll(session).catch(failed),
      "full-screen": () => void fullScreen(targets.grid.current).catch(failed),
      mark: () => command.kind === "mark" && targets.onMark(command.end),
      export: () => targets.onExport(),
      help: () => targets.onHelp(),
      note: () => targets.onNote(),
      boxes: () => targets.onBoxes(),
      all: () => targets.onAll(),
      layout: () => command.kind === "layout" && targets.onLayout(command.players),
    };
    actions[command.kind]();
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const modified = event.ctrlKey || event.altKey || event.metaKey;
      const command = commandOf({ key: event.key, modified, target: targetOf(event.target) });
      if (command === undefined || event.defaultPrevented) return;
      event.preventDefault();
      carryOut(command);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
  return carryOut;
}

/** The nearest one behind (or, with −1, before) a time. */
const edgeBeside = (edges: readonly Edge[], from: number, direction: 1 | -1) => {
  const edge =
    direction === 1 ? edges.find(({ at }) => at > from) : edges.findLast(({ at }) => at - beforeEventMs < from - 500);
  return edge === undefined ? undefined : { ...edge, cause: "alarm" };
};

async function fullScreen(grid: HTMLDivElement | null): Promise<void> {
  if (document.fullscreenElement === null) await grid?.requestFullscreen();
  else await document.exitFullscreen();
}

function targetOf(target: EventTarget | null): "text" | "button" | "other" {
  if (!(target instanceof Element)) return "other";
  if (target.closest("input, textarea, select, [role=listbox], [role=menu], [role=dialog]") !== null) return "text";
  return target.closest("button, a") === null ? "other" : "button";
}
