/** What cameras are watched for and how that goes, and how a page's changes are sent. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CameraWord, ChannelDetection } from "../../../src/messages/detection.ts";
import { pointsOfDetection } from "../../../src/domain/detection/points.ts";
import { api } from "../api-client.ts";
import { useLive } from "../event-stream.ts";
import { useBoards, useChannels, useInputs } from "../site-data.ts";
import type { Board, Channel, Detection, Input } from "../types.ts";
import { planOf, withChanges, without, type DetectionFields, type LinkedDraft } from "./linked-inputs.ts";

export interface CameraDetection {
  readonly board: number | undefined;
  readonly settings: DetectionFields;
  /** Something is to be watched for. */
  readonly isSet: boolean;
  /** All of it is switched off, at its board. */
  readonly isPaused: boolean;
  /** How it goes; undefined while the detection says nothing of this camera. */
  readonly now: ChannelDetection | undefined;
  /** How the camera itself is heard; undefined where nobody listens to it. */
  readonly word: CameraWord | undefined;
}

/** How the detection of a camera goes now. */
export const useDetectionNow = (channel: number): ChannelDetection | undefined =>
  useLive((state) => state.detection?.find((one) => one.channel === channel));

/** How the camera itself is heard; undefined where nobody listens to it. */
export const useWord = (channel: number): CameraWord | undefined =>
  useLive((state) => state.words?.find((one) => one.channel === channel));

/** What is set of a camera, out of its board; nothing where it has none. */
export const detectionOf = (
  boards: readonly Board[],
  channel: number,
): Pick<CameraDetection, "board" | "settings" | "isPaused"> => {
  for (const { board, driver, enabled } of boards) {
    if (driver.kind !== "video-detection" || driver.channel !== channel) continue;
    return { board, settings: without(driver, "kind", "channel"), isPaused: !enabled };
  }
  return { board: undefined, settings: {}, isPaused: false };
};

/** Something is watched for, by whomever. */
const isWatched = (settings: DetectionFields): boolean =>
  pointsOfDetection({ kind: "video-detection", channel: 0, ...settings }).length > 0;

/** What every camera is watched for. */
export function useAllDetection(): { readonly isPending: boolean; readonly of: (channel: number) => CameraDetection } {
  const boards = useBoards();
  const live = useLive((state) => state.detection);
  const words = useLive((state) => state.words);
  return {
    isPending: boards.isPending,
    of: (channel) => {
      const found = detectionOf(boards.data ?? [], channel);
      const now = live?.find((one) => one.channel === channel);
      const word = words?.find((one) => one.channel === channel);
      return { ...found, isSet: isWatched(found.settings), now, word };
    },
  };
}

export interface Applying {
  readonly saved: LinkedDraft;
  readonly draft: LinkedDraft;
  readonly board: number | undefined;
}

/** Onto what is set by now; the first settings make the camera's board, whose number is the answer. */
async function sendSettings({ channel }: Channel, { saved, draft }: Applying): Promise<number | undefined> {
  const path = `channels/${channel}/detection`;
  const there = await api.get<Detection>(path);
  const now = without(there, "channel", "board", "enabled", "points", "now", "word");
  const enabled = there.board === undefined || there.enabled;
  return (await api.put<Detection>(path, { enabled, ...withChanges(now, saved.settings, draft.settings) })).board;
}

/** Sends what was changed, in the order that no refusal leaves two inputs on one point. */
export async function sendDetection(channel: Channel, what: Applying): Promise<void> {
  let { board } = what;
  for (const step of planOf(what.saved, what.draft)) {
    if (step.kind === "remove") await api.delete(`inputs/${step.input}`);
    else if (step.kind === "settings") board = await sendSettings(channel, what);
    else if (step.kind === "change") await api.put<Input>(`inputs/${step.input}`, step.settings);
    else if (board !== undefined) await api.post<Input>("inputs", { ...step.settings, board });
  }
}

/** Whatever came of it, what is shown afterwards is what is there. */
export function useReadAgain(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["boards"] }),
      queries.invalidateQueries({ queryKey: ["inputs"] }),
    ]);
}

export function useApplyDetection(channel: Channel) {
  const again = useReadAgain();
  return useMutation({ mutationFn: (what: Applying) => sendDetection(channel, what), onSettled: again });
}

/** One camera, with what is saved of it. */
export interface CopiedCamera {
  readonly camera: Channel;
  readonly draft: LinkedDraft;
}

/** What a page sets of one camera onto others, camera by camera; the first refusal ends it. */
export function useCopyDetection<Part>(
  from: number,
  draftOf: (settings: DetectionFields, board: number | undefined, inputs: readonly Input[]) => LinkedDraft,
  onto: (source: CopiedCamera, to: CopiedCamera, what: readonly Part[]) => LinkedDraft,
) {
  const boards = useBoards().data ?? [];
  const inputs = useInputs().data ?? [];
  const channels = useChannels().data ?? [];
  const again = useReadAgain();
  const boardOf = (channel: number) => detectionOf(boards, channel).board;
  const copied = (camera: Channel): CopiedCamera => {
    const { board, settings } = detectionOf(boards, camera.channel);
    return { camera, draft: draftOf(settings, board, inputs) };
  };
  return useMutation({
    mutationFn: async (order: { readonly to: readonly number[]; readonly what: readonly Part[] }) => {
      const first = channels.find(({ channel }) => channel === from);
      if (first === undefined) return { copied: [] };
      const source = copied(first);
      for (const camera of channels.filter(({ channel }) => order.to.includes(channel))) {
        const to = copied(camera);
        const draft = onto(source, to, order.what);
        await sendDetection(camera, { saved: to.draft, draft, board: boardOf(camera.channel) });
      }
      return { copied: order.to };
    },
    onSettled: again,
  });
}
