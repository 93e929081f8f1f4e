import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { ScheduleList } from "./components/schedule-list.tsx";
import { SchedulePage } from "./components/schedule-page.tsx";

/** Alarm → Schedules: all of them with the holidays, or one with its week. */
export default function Page(): ReactElement {
  const { schedule } = useParams({ strict: false });
  return schedule === undefined ? <ScheduleList /> : <SchedulePage key={schedule} number={Number(schedule)} />;
}
