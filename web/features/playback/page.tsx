import "@mantine/dates/styles.css";
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconCamera } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useSite } from "../../shared/site-data.ts";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { PageSkeleton } from "../../shared/ui/page-skeleton.tsx";
import { Room } from "./room.tsx";

/** Somebody who opens the page wants to see what was a moment ago. */
const startBehindMs = 60_000;
/** What one sees at first. */
const firstPlayers = { desk: 4, phone: 1 } as const;

export default function Page(): ReactElement {
  const { t } = useTranslation("playback");
  const channels = useChannels();
  const site = useSite();
  const { at, channels: listed, onward = false } = useSearch({ from: "/shell/playback" });
  const navigate = useNavigate();
  const isPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const [now] = useState(() => Date.now() - startBehindMs);
  if (channels.error !== null) return <ErrorNote error={channels.error} onRetry={() => void channels.refetch()} />;
  if (channels.data === undefined || site.data === undefined) return <PageSkeleton />;
  const all = channels.data;
  if (all.length === 0) {
    return (
      <>
        <PageHeader title={t("title")} />
        <EmptyState icon={IconCamera} title={t("empty.title")} says={t("empty.says")}>
          <Button component={Link} to="/cameras">
            {t("empty.add")}
          </Button>
        </EmptyState>
      </>
    );
  }
  const first = all.slice(0, isPhone ? firstPlayers.phone : firstPlayers.desk).map(({ channel }) => channel);
  const wanted = listed === "" ? [] : (listed?.split(",").map(Number) ?? first);
  const choose = (numbers: number[]) =>
    void navigate({ to: "/playback", search: (now) => ({ ...now, channels: numbers.join(",") }), replace: true });
  return (
    <>
      <PageHeader title={t("title")} says={t("says")} />
      <Room
        key={at}
        {...{ all, chosen: wanted, start: at ?? now, isAsked: at !== undefined, isOnward: onward }}
        onChosen={choose}
      />
    </>
  );
}
