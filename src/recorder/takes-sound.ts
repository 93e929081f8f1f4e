import type { ChannelPlan } from "../messages/recorder.ts";

/** The main stream's sound is asked for: to be kept, or to be listened to where no sub stream is. */
export const takesSound = ({ audio, listen, subUrl }: ChannelPlan): boolean =>
  audio || (listen === true && subUrl === undefined);

/** The same of the sub stream. */
export const subTakesSound = ({ audio, listen }: ChannelPlan): boolean => audio || listen === true;
