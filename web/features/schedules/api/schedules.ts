import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../shared/api-client.ts";
import type { Holidays, Schedule } from "../../../shared/types.ts";
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

/** Holidays are part of the site's row. */
export const useChangeHolidays = () =>
  useSend("site", (holidays: Holidays["holidays"]) => api.put<Holidays>("holidays", { holidays }));
