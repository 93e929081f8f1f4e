/** Where a moment lies in a player's own time, and back: a recording with holes is played as if it had none. */

/** A piece of a recording, as the playlist says it. Seconds in the player, wall time in ms. */
export interface LinePiece {
  readonly start: number;
  readonly duration: number;
  readonly wall: number;
}

/** A place in the player, and whether the moment really lies there: in a hole the next piece begins. */
export interface LinePlace {
  readonly position: number;
  readonly inside: boolean;
}

/** So near to a piece the picture at its border stands, and nobody is told that there is none. */
const nearMs = 1000;

/** Undefined when nothing is there. Before the first piece it is the first picture, after the last one the last. */
export function placeOf(line: readonly LinePiece[], wall: number): LinePlace | undefined {
  const [first] = line;
  if (first === undefined) return undefined;
  for (const piece of line) {
    if (wall < piece.wall) return { position: piece.start, inside: piece.wall - wall <= nearMs };
    if (wall < piece.wall + piece.duration * 1000) {
      return { position: piece.start + (wall - piece.wall) / 1000, inside: true };
    }
  }
  const last = line.at(-1) ?? first;
  const end = last.wall + last.duration * 1000;
  return { position: last.start + last.duration, inside: wall - end <= nearMs };
}

/** The moment that is shown at a position. */
export function wallAt(line: readonly LinePiece[], position: number): number | undefined {
  const piece = line.findLast((one) => one.start <= position) ?? line[0];
  return piece === undefined ? undefined : piece.wall + (position - piece.start) * 1000;
}
