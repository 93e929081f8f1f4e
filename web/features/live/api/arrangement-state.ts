/** What the live page shows: chosen view and arrangement, kept in this browser. */
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import type { ViewLayout } from "../../../../src/domain/site-config.ts";
import type { Channel } from "../../../shared/types.ts";
import { arrangeAll, known, layouts, same, type Arrangement } from "../model/arrangement.ts";
import { useViews, type View } from "./views.ts";

interface Kept {
  readonly view?: number;
  /** Changed and not saved on the server. Without `places` new cameras still turn up. */
  readonly layout?: ViewLayout;
  readonly places?: readonly number[];
}

export interface ArrangementState {
  readonly arrangement: Arrangement;
  readonly views: readonly View[];
  readonly view: View | undefined;
  /** The arrangement is another one than the view's. */
  readonly changed: boolean;
  readonly arrange: (next: Arrangement) => void;
  /** Undefined: all cameras. */
  readonly open: (view: number | undefined) => void;
}

const nobody: readonly View[] = [];

/** `channels`: all that there are, in the order of their numbers. */
export function useArrangement(channels: readonly Channel[]): ArrangementState {
  const [kept, keep] = useLocalStorage<Kept>({ key: "reed.live", defaultValue: {}, getInitialValueInEffect: false });
  const views = useViews().data ?? nobody;
  const view = views.find((one) => one.view === kept.view);
  return useMemo(() => {
    const numbers = channels.map(({ channel }) => channel);
    const shown = channels.filter(({ enabled }) => enabled).map(({ channel }) => channel);
    const own: Arrangement =
      view === undefined
        ? arrangeAll(shown.length > 0 ? shown : numbers)
        : { layout: view.layout, places: view.channels };
    const layout = layouts.find((one) => one === kept.layout) ?? own.layout;
    const arrangement = known({ layout, places: Array.isArray(kept.places) ? kept.places : own.places }, numbers);
    return {
      arrangement,
      views,
      view,
      changed: !same(arrangement, known(own, numbers)),
      arrange(next) {
        const moved = same({ ...next, layout: own.layout }, own) ? {} : { places: next.places };
        keep({ ...(view === undefined ? {} : { view: view.view }), layout: next.layout, ...moved });
      },
      open: (number) => keep(number === undefined ? {} : { view: number }),
    };
  }, [channels, kept, keep, view, views]);
}
