import { mostPathPoints, type ObjectPaths } from "../../contract/object-search.ts";
import { readPieces, startOf, type PathPiece } from "../../platform/path-file.ts";

/** Where objects were in a camera's picture, piece after piece joined; of very many no further than fits an answer. */
export async function findPaths(folder: string, from: number, to: number): Promise<ObjectPaths> {
  const pieces = await readPieces(folder, from, to);
  const until = wholeUntil(pieces, to);
  const objects = new Map<string, PathPiece[]>();
  for (const piece of pieces)
    if (startOf(piece) < until) objects.set(piece.id, [...(objects.get(piece.id) ?? []), piece]);
  return { objects: [...objects.values()].flatMap(pathOf), to: until };
}

/** The beginning of the first piece that is too much; pieces that begin together are left out together. */
function wholeUntil(pieces: readonly PathPiece[], to: number): number {
  let points = 0;
  const first = pieces.find(({ steps }) => (points += steps.length) > mostPathPoints);
  return first === undefined ? to : Math.min(to, startOf(first));
}

function pathOf(pieces: readonly PathPiece[]): ObjectPaths["objects"] {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = startOf(first);
  const { id, label, confidence } = last;
  const path = pieces.flatMap(({ steps }) =>
    steps.map(({ at, box }): [number, number, number, number, number] => [
      at - from,
      ...([box.x, box.y, box.width, box.height] as const),
    ]),
  );
  return [{ id, label, confidence, from, path }];
}
