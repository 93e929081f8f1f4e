/** Where in the pictures of which cameras a search looks: the same area in all, or one of its own in some. Pure. */

export interface Areas {
  /** Cameras that are searched. */
  readonly channels: readonly number[];
  /** The one whose picture is drawn on. */
  readonly drawn: number;
  /** Of all that have none of their own, as `hexOfCells` writes them; undefined: nothing is drawn yet. */
  readonly cells: string | undefined;
  readonly own: ReadonlyMap<number, string | undefined>;
}

export interface AskedAreas {
  readonly channels: readonly number[];
  readonly cells: string;
  readonly own: readonly { readonly channel: number; readonly cells: string }[];
}

/** Opened from a camera's picture: what was drawn stays. */
export function openedOn(areas: Areas | undefined, channel: number): Areas {
  if (areas === undefined) return { channels: [channel], drawn: channel, cells: undefined, own: new Map() };
  if (areas.channels.includes(channel)) return { ...areas, drawn: channel };
  return areas.channels.length > 1 ? areas : { ...areas, channels: [channel], drawn: channel };
}

export const cellsIn = ({ own, cells }: Areas, channel: number): string | undefined =>
  own.has(channel) ? own.get(channel) : cells;

export const withChannels = (areas: Areas, channels: readonly number[]): Areas => ({
  ...areas,
  channels,
  drawn: channels.includes(areas.drawn) ? areas.drawn : (channels[0] ?? areas.drawn),
});

/** Drawn on the picture of one: for it alone, where it has an area of its own. */
export const withCells = (areas: Areas, cells: string | undefined): Areas =>
  areas.own.has(areas.drawn) ? { ...areas, own: new Map([...areas.own, [areas.drawn, cells]]) } : { ...areas, cells };

/** An area of its own begins as that of all. */
export function withOwn(areas: Areas, isOwn: boolean): Areas {
  const others = [...areas.own].filter(([channel]) => channel !== areas.drawn);
  return { ...areas, own: new Map(isOwn ? [...others, [areas.drawn, cellsIn(areas, areas.drawn)]] : others) };
}

/** What is asked of the server; undefined while nothing is drawn for any camera. */
export function askedAreas(areas: Areas): AskedAreas | undefined {
  const all = areas.channels.flatMap((channel) => {
    const cells = cellsIn(areas, channel);
    return cells === undefined ? [] : [{ channel, cells }];
  });
  const [first] = all;
  if (first === undefined) return undefined;
  return {
    channels: all.map(({ channel }) => channel),
    cells: first.cells,
    own: all.filter(({ cells }) => cells !== first.cells),
  };
}
