import { SegmentedControl } from "@mantine/core";
import { IconBell, IconHistory } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { useAlarms, useEvents } from "../api/alarms.ts";
import {
  askedOf,
  butMotion,
  inboxSearch,
  isFiltered,
  shownSource,
  type ChangedSearch,
  type InboxFilter,
} from "../model/inbox-search.ts";
import { AlarmList } from "./alarm-list.tsx";
import { EventList } from "./event-list.tsx";
import { InboxFilters } from "./inbox-filters.tsx";

/** The left side: alarms, or the edges while disarmed, by a filter that stands in the address. */
export function Inbox({ chosen }: { readonly chosen: string | undefined }): ReactElement {
  const { t } = useTranslation("alarms");
  const { timeZone } = useFormat();
  const search = useSearch({ from: "/shell/alarms/{-$alarm}" });
  const navigate = useNavigate({ from: "/alarms/{-$alarm}" });
  const choose = (changed: ChangedSearch) =>
    void navigate({ search: (before) => inboxSearch({ ...before, ...changed }), replace: true });
  const kind = search.list ?? "alarms";
  const filter = askedOf(search, timeZone);
  const filtered = isFiltered(search);
  return (
    <>
      <SegmentedControl
        fullWidth
        m="xs"
        mb={0}
        value={kind}
        onChange={(value) => choose({ list: value === "events" ? value : undefined, source: undefined })}
        data={[
          { value: "alarms", label: t("title") },
          { value: "events", label: t("events.title") },
        ]}
        aria-label={t("events.choose")}
      />
      <InboxFilters chosen={search} onChange={choose} />
      {kind === "alarms" ? (
        <Alarms filter={filter} filtered={filtered} chosen={chosen} />
      ) : (
        <Events {...{ filter, filtered }} leavesMotion={shownSource(search) === butMotion} />
      )}
    </>
  );
}

interface ListProps {
  readonly filter: InboxFilter;
  readonly filtered: boolean;
}

function Alarms({ filter, filtered, chosen }: ListProps & { readonly chosen: string | undefined }): ReactElement {
  const { t } = useTranslation("alarms");
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAlarms(filter);
  if (isPending) return <LoadingRows rows={6} height={72} />;
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const alarms = data.pages.flatMap((page) => page.alarms);
  if (alarms.length === 0) {
    const says = filtered ? t("empty.filtered") : t("empty.says");
    return <EmptyState icon={IconBell} title={t("empty.title")} says={says} />;
  }
  const more = hasNextPage ? () => void fetchNextPage() : undefined;
  return <AlarmList alarms={alarms} chosen={chosen} onMore={more} loadingMore={isFetchingNextPage} />;
}

function Events({ filter, filtered, leavesMotion }: ListProps & { readonly leavesMotion: boolean }): ReactElement {
  const { t } = useTranslation("alarms");
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useEvents(filter);
  if (isPending) return <LoadingRows rows={6} height={56} />;
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const events = data.pages.flatMap((page) => page.receipts);
  if (events.length === 0) {
    const says = filtered ? t("events.filtered") : t(leavesMotion ? "events.saysButMotion" : "events.says");
    return <EmptyState icon={IconHistory} title={t("events.empty")} says={says} />;
  }
  const more = hasNextPage ? () => void fetchNextPage() : undefined;
  return <EventList events={events} onMore={more} loadingMore={isFetchingNextPage} />;
}
