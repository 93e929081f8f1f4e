/** Boards in the engine: links come and go. A lost board is a trouble at once and, armed, a tamper event after 10 s. */
import type { Instant } from "../kernel/time.ts";
import { after, later, seconds } from "../kernel/time.ts";
import { isArmed } from "./arming.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, change, endTrouble, journal, withEntry, without } from "./engine-draft.ts";
import { acceptEdge, endRecordHolds } from "./engine-edges.ts";
import { faultInputs } from "./engine-inputs.ts";
import { blindLoops } from "./engine-loops.ts";
import { forgetReadBack } from "./engine-outputs.ts";
import type { BoardEntry, EngineState } from "./engine-state.ts";
import type { LinkFact } from "./engine-types.ts";

/** How long a board may be away while armed before it counts as tampering. */
export const tamperAfterMs = seconds(10);

export function onLink(draft: Draft, board: number, link: LinkFact, at: Instant): void {
  const settings = draft.env.config.boards.find((candidate) => candidate.board === board);
  if (settings === undefined || !settings.enabled) return;
  const before = draft.state.boards.get(board);
  if (before?.link.kind !== link.kind) {
    const reason = "reason" in link ? link.reason : "";
    journal(draft, { kind: "board", board, state: link.kind, reason });
  }
  switch (link.kind) {
    case "connecting":
      setBoard(draft, board, { tampered: false, ...before, link });
      return;
    case "online":
      setBoard(draft, board, { link, tampered: false });
      backOnline(draft, board, at);
      return;
    case "lost":
    case "unauthorized":
      setBoard(draft, board, {
        link,
        lostAt: before?.lostAt ?? at,
        tampered: before?.tampered === true || looksAtPictures(draft, board) || isTampered(draft, board),
      });
      if (before?.lostAt === undefined) goneAway(draft, board, at);
      // core watches the detection by itself: its troubles are by camera, after a while
      if (!looksAtPictures(draft, board))
        beginTrouble(draft, `board:${board}`, `board lost: ${settings.name}: ${link.reason}`);
      return;
  }
}

/** Nobody can cut a cable to it: that it is away is no tampering. */
const looksAtPictures = (draft: Draft, board: number): boolean =>
  draft.env.config.boards.some((row) => row.board === board && row.driver.kind === "video-detection");

const setBoard = (draft: Draft, board: number, entry: BoardEntry): void =>
  change(draft, { boards: withEntry(draft.state.boards, board, entry) });

function goneAway(draft: Draft, board: number, at: Instant): void {
  faultInputs(draft, board, at, looksAtPictures(draft, board) ? "unknown" : "fault");
  blindLoops(draft, board, at);
  forgetReadBack(draft, board);
}

/** Back: it is told again what its outputs shall be, and its tamper event comes to rest. */
function backOnline(draft: Draft, board: number, at: Instant): void {
  endTrouble(draft, `board:${board}`);
  endRecordHolds(draft, (edge) => edge.kind === "tamper" && edge.board === board, at);
  for (const { settings } of draft.state.outputs.values()) {
    if (settings.board === board) draft.resend.add(settings.output);
  }
}

/** A tamper event of this board is still being recorded, for instance from before a restart. */
const isTampered = (draft: Draft, board: number): boolean =>
  [...draft.state.holds.values()].some((hold) => {
    const edge = draft.state.book.get(hold.eventId)?.receipt.edge;
    return edge?.kind === "tamper" && edge.board === board && hold.endAt === undefined;
  });

/** When the loss of a board becomes a tamper event, if nothing changes. */
export function tamperDueAt(state: EngineState, entry: BoardEntry): Instant | undefined {
  if (!isArmed(state.arming) || entry.lostAt === undefined || entry.tampered) return undefined;
  return after(later(entry.lostAt, state.arming.at), tamperAfterMs);
}

/** One tamper event a loss. */
export function tampersDue(draft: Draft): void {
  for (const [board, entry] of draft.state.boards) {
    const due = tamperDueAt(draft.state, entry);
    if (due === undefined || due > draft.now.instant || entry.lostAt === undefined) continue;
    setBoard(draft, board, { ...entry, tampered: true });
    const name = draft.env.config.boards.find((candidate) => candidate.board === board)?.name ?? `board ${board}`;
    acceptEdge(draft, { input: 0, inputName: name, board, kind: "tamper", at: entry.lostAt, dueAt: due });
  }
}

/** A board that is no longer configured or was switched off: neither trouble nor tamper. */
export function dropBoard(draft: Draft, board: number): void {
  change(draft, { boards: without(draft.state.boards, board) });
  faultInputs(draft, board, draft.now.instant);
  blindLoops(draft, board, draft.now.instant);
  forgetReadBack(draft, board);
  endTrouble(draft, `board:${board}`);
  endRecordHolds(draft, (edge) => edge.kind === "tamper" && edge.board === board, draft.now.instant);
}
