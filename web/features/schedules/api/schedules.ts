import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../shared/api-client.ts";
import type { AutoArmAnswer, Holidays, Schedule } from "../../../shared/types.ts";
import type { CalendarDraft } from "../model/calendar.ts";
import type { WeekDraft } from "../model/week.ts";

function useSend<In, Out>(queryKey: string, send: (what: In) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: send, onSuccess: () => queries.invalidateQueries({ queryKey: [queryKey] }) });
}

export const useAddSchedule = () =>
  useSend("schedules", (body: Pick<WeekDraft, "name" | "week">) => api.post<Schedule>("schedules", body));

export const useChangeSchedule = (schedule: number) =>
  useSend("schedules", (draft: WeekDraft) => api.put<Schedule>(`schedules/${schedule}`, draft));

export const useRemoveSchedule = () => useSend("schedules", (schedule: number) => api.delete(`schedules/${schedule}`));

interface CalendarChange {
  readonly holidays?: Holidays["holidays"];
  /** Undefined: nothing is armed by the clock any more. */
  readonly autoArm?: CalendarDraft["autoArm"];
}

/** Both are part of the site's row, so they are put one after the other. */
export const useChangeCalendar = () =>
  useSend("site", async (change: CalendarChange) => {
    if (change.holidays !== undefined) await api.put<Holidays>("holidays", { holidays: change.holidays });
    if (!("autoArm" in change)) return;
    if (change.autoArm === undefined) await api.delete("auto-arm");
    else await api.put<AutoArmAnswer>("auto-arm", change.autoArm);
  });

/** Undefined while nothing is armed by the clock. */
export function useAutoArm(): CalendarDraft["autoArm"] {
  const { data } = useQuery({
    queryKey: ["site", "auto-arm"],
    queryFn: ({ signal }) => api.get<AutoArmAnswer>("auto-arm", undefined, signal),
  });
  return data?.settings;
}
