/** Over which cameras' pictures it is drawn what the detector sees. Pure. */

export interface ShownBoxes {
  readonly all: boolean;
  /** Cameras of which it is the other way round. */
  readonly except: readonly number[];
}

/** As it was kept: once it was a yes or no for all. */
export const boxesOf = (kept: boolean | ShownBoxes): ShownBoxes =>
  typeof kept === "boolean" ? { all: kept, except: [] } : kept;

export const showsBoxes = ({ all, except }: ShownBoxes, channel: number): boolean => all !== except.includes(channel);

/** Of one camera the other way round. */
export const turnedOne = ({ all, except }: ShownBoxes, channel: number): ShownBoxes => ({
  all,
  except: except.includes(channel) ? except.filter((one) => one !== channel) : [...except, channel],
});

/** Of all cameras: off where any has them, else on. */
export const turnedAll = (boxes: ShownBoxes, channels: readonly number[]): ShownBoxes => ({
  all: !channels.some((channel) => showsBoxes(boxes, channel)),
  except: [],
});
