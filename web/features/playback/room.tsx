import { Stack, Text } from "@mantine/core";
import { useLocalStorage, useViewportSize } from "@mantine/hooks";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { maySee } from "../../../src/domain/rights.ts";
import { useFormat, useMe } from "../../shared/site-data.ts";
import type { Channel } from "../../shared/types.ts";
import { useBookmarks, useLocksIn } from "./api/bookmarks.ts";
import { useEdges, type Edge } from "./api/edges.ts";
import { useMotion } from "./api/motion.ts";
import { useTimelines } from "./api/timeline.ts";
import { Bookmarks } from "./components/bookmarks.tsx";
import { ClipTray } from "./components/clip-tray.tsx";
import { DayBar } from "./components/day-bar.tsx";
import { DayNote } from "./components/day-note.tsx";
import { KeyHelp } from "./components/key-help.tsx";
import { Legend } from "./components/legend.tsx";
import { MotionSearch } from "./components/motion-search.tsx";
import { NoticeLine } from "./components/notice-line.tsx";
import { ObjectSearch } from "./components/object-search.tsx";
import { PlayerGrid } from "./components/player-grid.tsx";
import { SoundButton, SoundPlayer, useSound } from "./components/sound.tsx";
import { Timeline } from "./components/timeline.tsx";
import { Transport } from "./components/transport.tsx";
import { type BandKind, footageAfter } from "./model/bands.ts";
import { boundsOf, type Day, dayOf, spanAround } from "./model/days.ts";
import type { Range } from "./model/line.ts";
import { around, lengthOf, reveal, type View } from "./model/view.ts";
import { fill, mostOn, withCamera } from "./model/wall.ts";
import { usePosition, useSession } from "./player/use-session.ts";
import type { Session } from "./player/session.ts";
import { useCommands } from "./use-commands.ts";
import { useMotionSearching } from "./use-motion-search.ts";
import { useObjectSearching } from "./use-object-search.ts";
import { useRows } from "./use-rows.ts";

interface RoomProps {
  readonly all: readonly Channel[];
  readonly chosen: readonly number[];
  readonly start: number;
  /** Somebody asked for that time; else the newest footage is shown when there is none at it. */
  readonly isAsked: boolean;
  /** Where nothing was recorded at that time, it goes to the next footage. */
  readonly isOnward: boolean;
  readonly onChosen: (channels: number[]) => void;
}

const hourMs = 3_600_000;
/** Before motion that was found, so that one sees it coming. */
const beforeMotionMs = 2000;
/** A range of one press of I or O. */
const firstRangeMs = 60_000;

/** Playback of some channels: players, timeline and everything around them, on one session. */
export function Room({ all, chosen, start, isAsked, isOnward, onChosen }: RoomProps): ReactElement {
  const { timeZone } = useFormat();
  const { t } = useTranslation("playback");
  const most = mostOn(useViewportSize().width || window.innerWidth);
  const known = chosen.filter((one) => all.some(({ channel }) => channel === one));
  const numbers = known.slice(0, most);
  const channels = numbers.flatMap((one) => all.filter(({ channel }) => channel === one));
  const [wished, setAlone] = useState<number>();
  const alone = wished !== undefined && numbers.includes(wished) && numbers.length > 1 ? wished : undefined;
  const heard = channels.filter(({ channel }) => alone === undefined || channel === alone);
  const [day, setDay] = useState<Day>(() => dayOf(start, timeZone));
  const [zero, setZero] = useState(() => boundsOf(day, timeZone).from - hourMs);
  const session = useSession(zero, start);
  const [view, setView] = useState<View>(() => boundsOf(day, timeZone));
  const [range, setRange] = useState<Range>();
  const [help, setHelp] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const note = useRef<HTMLInputElement>(null);
  const [hidden, setHidden] = useState<ReadonlySet<BandKind>>(new Set());
  const [input, setInput] = useState<number>();
  const span = spanAround(day, view, timeZone);
  const { data: found = [] } = useEdges(input, span);
  const search = useMotionSearching(view, boundsOf(day, timeZone));
  const rights = useMe().data?.rights;
  const searchable = all.filter(({ channel }) => rights !== undefined && maySee(rights, channel, "playback"));
  const objects = useObjectSearching(searchable, view, boundsOf(day, timeZone));
  const ofPlayers = ({ channel }: Edge): boolean => channel !== undefined && numbers.includes(channel);
  const sought = (search.edges ?? objects.edges)?.filter(ofPlayers) ?? (input === undefined ? undefined : found);
  const { data: motion } = useMotion(numbers, view);
  const { timeline, line } = useTimelines(numbers, spanAround(day, boundsOf(day, timeZone), timeZone), span);
  const { data: noted = [] } = useBookmarks(span);
  const bookmarks = noted.filter((one) => one.channels.some((channel) => numbers.includes(channel)));
  const { data: locks = [] } = useLocksIn(numbers, span);
  const rows = useRows(session, channels, { timeline, line, motion }, hidden);
  const go = (wall: number): void => {
    const next = dayOf(wall, timeZone);
    if (next !== day) setDay(next);
    setView((now) => reveal(now, wall));
    session?.seek(wall);
    if (wall < zero || wall > zero + 72 * hourMs) setZero(boundsOf(next, timeZone).from - hourMs);
  };
  /** To what was found: its camera plays too from then on. */
  const goTo = ({ channel, from }: { readonly channel: number; readonly from: number }): void => {
    if (!numbers.includes(channel)) onChosen(withCamera(known, channel, most));
    if (alone !== undefined) setAlone(channel);
    go(from - beforeMotionMs);
  };
  useEffect(() => {
    if (isOnward) session?.onward();
  }, [isOnward, session]);
  const settled = useRef(isAsked);
  useEffect(() => {
    if (settled.current || timeline === undefined || session === undefined) return;
    settled.current = true;
    const newest = Math.max(...timeline.spans.map((one) => one.to));
    if (footageAfter(timeline.spans, start) === undefined && newest > 0) session.seek(newest - 10_000);
    else session.seek(footageAfter(timeline.spans, start) ?? start);
  }, [timeline, session, start]);
  const mark = (end: "in" | "out"): void => {
    const at = session?.state.position ?? start;
    setRange((now) => {
      if (end === "in") return { from: at, to: now !== undefined && now.to > at ? now.to : at + firstRangeMs };
      return { from: now !== undefined && now.from < at ? now.from : at - firstRangeMs, to: at };
    });
  };
  const sound = useSound(session);
  const [boxes, setBoxes] = useLocalStorage({ key: "reed-playback-boxes", defaultValue: false });
  const command = useCommands({
    ...{ session, channels, grid },
    edges: sought,
    onMark: mark,
    onExport: () => (range === undefined ? mark("in") : undefined),
    onHelp: () => setHelp(true),
    onNote: () => note.current?.focus(),
    onSound: sound.next,
    onBoxes: () => setBoxes(!boxes),
    onLayout: (players) => {
      setAlone(undefined);
      const everyone = all.map(({ channel }) => channel);
      onChosen(fill(numbers, everyone, Math.min(players, most)));
    },
    onAll: () => setAlone(undefined),
    onGo: go,
  });
  const chooseDay = (next: Day): void => {
    const bounds = boundsOf(next, timeZone);
    setView(bounds);
    const first = timeline?.spans.find((one) => one.to > bounds.from && one.from < bounds.to);
    go(Math.max(bounds.from, Math.min(first?.from ?? bounds.from + 12 * hourMs, Date.now() - 10_000)));
  };
  return (
    <Stack gap="sm">
      <DayBar day={day} onDay={chooseDay} all={all} channels={numbers} most={most} onChannels={onChosen} />
      {session !== undefined && (
        <Stack gap="sm" key={zero}>
          <PlayerGrid {...{ session, channels, timeline, grid, alone, boxes }} onAlone={setAlone} />
          {known.length > numbers.length && (
            <Text size="sm" c="dimmed">
              {t("cameras.hidden", { count: known.length - numbers.length })}
            </Text>
          )}
          <NoticeLine session={session} timeline={timeline} />
          <SoundPlayer {...{ session, sound }} channels={heard} />
          <Transport {...{ session, boxes }} onCommand={command}>
            <SoundButton {...{ session, sound }} channels={heard} />
          </Transport>
          <Timeline
            {...{ session, view, range, bookmarks, locks }}
            edges={sought ?? []}
            rows={rows.shown}
            onView={setView}
            onRange={setRange}
            onGo={go}
          />
          <FollowView session={session} onPosition={(wall) => setView((now) => reveal(now, wall))} onDay={setDay} />
          <Legend
            {...{ kinds: rows.kinds, hidden, input }}
            onHidden={setHidden}
            onInput={setInput}
            onSearch={() => search.open(alone ?? numbers[0] ?? 0)}
            onObjects={objects.open}
            length={lengthOf(view)}
            onLength={(length) => setView(around(session.state.position, length))}
          />
          {search.areas !== undefined && (
            <MotionSearch search={search} channels={searchable} position={session.state.position} onGo={goTo} />
          )}
          <ObjectSearch search={objects} onGo={goTo} />
          <DayNote day={day} channels={numbers} timeline={timeline} onGo={go} />
          <ClipTray {...{ channels, range }} onRange={setRange} onMark={mark} />
          <Bookmarks {...{ session, channels, range, bookmarks, locks, note }} onGo={go} />
        </Stack>
      )}
      <KeyHelp opened={help} onClose={() => setHelp(false)} />
    </Stack>
  );
}

interface FollowViewProps {
  readonly session: Session;
  readonly onPosition: (wall: number) => void;
  readonly onDay: (day: Day) => void;
}

/** While it plays, the timeline follows, over midnight too. */
function FollowView({ session, onPosition, onDay }: FollowViewProps): null {
  const { timeZone } = useFormat();
  const position = usePosition(session, 1000);
  const day = dayOf(position, timeZone);
  useEffect(() => {
    if (session.state.playing) onPosition(position);
    // only when the position moved: who pans away while it stands is not pulled back
    // oxlint-disable-next-line react/exhaustive-deps -- the callback is a new one each time
  }, [position, session]);
  useEffect(() => {
    onDay(day);
    // oxlint-disable-next-line react/exhaustive-deps -- the callback is a new one each time
  }, [day]);
  return null;
}
