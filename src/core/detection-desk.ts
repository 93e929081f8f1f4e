/**
 * Both who look for a camera: our detection process and the camera itself. What either says goes to the camera's board as
 * one word, and the process is told to leave out what the camera says now.
 */
import type { DetectionNews } from "../domain/detection/news.ts";
import type { CameraMemory } from "../domain/detection/camera-memory.ts";
import type { OwnThing } from "../domain/detection/own-settings.ts";
import { createTwoEyes, saidByCamera, type TwoEyes } from "../domain/detection/two-eyes.ts";
import type { VideoDetectionSettings } from "../domain/detection/settings.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import { startDetectionLink, type DetectionLink, type DetectionLinkDeps } from "./detection-link.ts";
import { openOwnWords, type EventSources } from "./own-words.ts";

export interface DetectionDeskDeps extends Omit<DetectionLinkDeps, "said"> {
  readonly sources: EventSources;
}

interface Watched {
  readonly settings: VideoDetectionSettings;
  readonly eyes: TwoEyes;
  /** What our detection was told to leave out. */
  said: string;
}

/** Boards of cameras that nobody listens to are left as they were: what the process says is all that there is. */
export function startDetectionDesk(deps: DetectionDeskDeps, initial: SiteConfig): DetectionLink {
  const { clock } = deps;
  let config = initial;
  /** Boards whose camera is listened to. */
  const boards = new Map<number, Watched>();

  const wordOf = (settings: VideoDetectionSettings): CameraMemory | undefined => words.of(settings.channel);
  const saidOf = (settings: VideoDetectionSettings): ReadonlySet<OwnThing> => saidByCamera(settings, wordOf(settings));
  const tell = (board: number, levels: ReturnType<TwoEyes["heard"]>): void => {
    if (levels.length > 0) deps.tell(board, { kind: "levels", levels });
  };
  const fromOurs = (board: number, news: DetectionNews): void => {
    const row = boards.get(board);
    if (row === undefined) {
      deps.tell(board, news);
      return;
    }
    const word = wordOf(row.settings);
    tell(
      board,
      news.kind === "levels" ? row.eyes.saw(news.levels, word) : row.eyes.blind(news.reason, clock.now(), word),
    );
  };
  const changed = (channel: number): void => {
    for (const [board, row] of boards) {
      if (row.settings.channel !== channel) continue;
      tell(board, row.eyes.heard(clock.now(), wordOf(row.settings)));
      const said = [...saidOf(row.settings)].join();
      if (said === row.said) continue;
      row.said = said;
      replan(board);
    }
  };
  /** The process looks for more or less; of one that is away nothing comes by itself. */
  const replan = (board: number): void => {
    link.configure(config);
    if (!link.looksAt(board)) return;
    const news = link.newsOf(board);
    if (news?.kind === "blind") fromOurs(board, news);
  };
  const follow = (): void => {
    const wanted = new Map(
      config.boards.flatMap(({ board, driver }) =>
        driver.kind === "video-detection" && driver.own !== undefined ? [[board, driver] as const] : [],
      ),
    );
    for (const [board, { settings }] of boards)
      if (JSON.stringify(settings) !== JSON.stringify(wanted.get(board))) boards.delete(board);
    for (const [board, settings] of wanted)
      if (!boards.has(board)) boards.set(board, { settings, eyes: createTwoEyes(settings), said: "" });
  };
  const words = openOwnWords({
    ...{ clock, log: deps.log, live: deps.live, sources: deps.sources, changed, dropped: () => deps.dropped() },
    doesOf(channel) {
      const row = [...boards.values()].find(({ settings }) => settings.channel === channel);
      return row === undefined ? [] : [...saidOf(row.settings)].filter((thing) => isAsked(row.settings, thing));
    },
  });
  follow();
  const link = startDetectionLink({ ...deps, tell: fromOurs, said: saidOf }, initial);
  words.configure(initial);
  return {
    ...link,
    configure(next) {
      config = next;
      follow();
      words.configure(next);
      for (const row of boards.values()) row.said = [...saidOf(row.settings)].join();
      link.configure(next);
      for (const [board, row] of boards) {
        const news = link.looksAt(board) ? link.newsOf(board) : undefined;
        if (news?.kind === "blind") fromOurs(board, news);
        tell(board, row.eyes.heard(clock.now(), wordOf(row.settings)));
      }
    },
    newsOf(board) {
      const row = boards.get(board);
      if (row === undefined) return link.newsOf(board);
      const { told } = row.eyes;
      return told.length === 0 ? undefined : { kind: "levels", levels: told };
    },
    [Symbol.dispose]() {
      words[Symbol.dispose]();
      link[Symbol.dispose]();
    },
  };
}

/** Is it watched for at all? */
function isAsked({ motion, tamper, sceneChange, videoLoss, audio, smart }: VideoDetectionSettings, thing: OwnThing) {
  const asked = { motion, tamper, sceneChange, videoLoss, audioLoss: audio?.loss, audioRise: audio?.rise };
  if (thing === "human" || thing === "vehicle") return smart?.[thing] === true;
  return asked[thing] !== undefined;
}
