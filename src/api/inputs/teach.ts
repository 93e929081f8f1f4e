import { hasMoved, stepTeach, typeOfRest, whyNoRest, type ContactNow, type TeachState } from "../../domain/teach.ts";
import type { AlarmInputSettings } from "../../domain/site-config.ts";
import { minutes, type Clock } from "../../kernel/time.ts";
import type { LiveState } from "../../messages/api.ts";
import { fail } from "../failure.ts";

/** How long a recorded rest is good for. */
const goodFor = minutes(10);
/** Rests that are kept; the oldest go first. */
const mostKept = 200;

type Waiting = Extract<TeachState, { kind: "waiting" }>;

/** Remembers, per input, which rest was recorded, and checks against what core sees live. */
export interface TeachDesk {
  /** Records the rest; fails with a sentence when the contact is not known now. */
  rest(input: AlarmInputSettings, live: LiveState): Waiting;
  /** The type that was taught; fails with a sentence unless the contact was seen to move since. */
  type(input: AlarmInputSettings, live: LiveState): "NO" | "NC";
}

/** An empty desk. */
export function teachDesk(clock: Pick<Clock, "now">): TeachDesk {
  const rests = new Map<number, { readonly state: Waiting; readonly at: number; readonly place: string }>();
  return {
    rest(input, live) {
      const contact = contactOf(input, live);
      const why = whyNoRest(contact);
      const state = stepTeach({ kind: "asking" }, { kind: "rest", contact });
      if (why !== undefined || state.kind !== "waiting") {
        return fail(
          "conflict",
          `The contact of "${input.name}" is ${why ?? "not known"} now, so no rest can be taken.`,
        );
      }
      rests.delete(input.input);
      rests.set(input.input, { state, at: clock.now(), place: placeOf(input) });
      const oldest = rests.size > mostKept ? rests.keys().next().value : undefined;
      if (oldest !== undefined) rests.delete(oldest);
      return state;
    },
    type(input, live) {
      const known = rests.get(input.input);
      if (known === undefined || clock.now() - known.at > goodFor || known.place !== placeOf(input)) {
        return fail("conflict", `Record the rest of "${input.name}" first, then move the contact, then save.`);
      }
      if (!hasMoved(known.state, contactOf(input, live))) {
        return fail(
          "conflict",
          `The contact of "${input.name}" has not moved since its rest was recorded. Open the door, press the button or walk past the detector; if nothing moves, check terminal and cable.`,
        );
      }
      rests.delete(input.input);
      return typeOfRest(known.state.rest);
    },
  };
}

const placeOf = ({ board, point }: AlarmInputSettings): string => `${board}/${point}`;

function contactOf(input: AlarmInputSettings, live: LiveState): ContactNow {
  const board = live.boards.find((row) => row.board === input.board);
  if (board?.state !== "online") return { level: "unknown" };
  return board.points.find((row) => row.point === input.point) ?? { level: "unknown" };
}
