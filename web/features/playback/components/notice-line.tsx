import { Alert } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Timeline } from "../api/timeline.ts";
import type { Notice, Session } from "../player/session.ts";
import { useSessionState } from "../player/use-session.ts";

interface NoticeLineProps {
  readonly session: Session;
  readonly timeline: Timeline | undefined;
}

/** What the players did on their own, in a sentence: a gap that was skipped, with its reason. */
export function NoticeLine({ session, timeline }: NoticeLineProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const notice = useSessionState(session, (state) => state.notice);
  if (notice === undefined) return null;
  const says = (what: Notice): string => {
    if (what.kind === "no-picture") return t(what.direction === 1 ? "notice.lastPicture" : "notice.firstPicture");
    if (what.kind === "end") return t("notice.end", { time: format.time(what.at) });
    const reason = timeline?.gaps?.find((gap) => gap.from < what.to && gap.to > what.from)?.reason;
    const times = { from: format.time(what.from), to: format.time(what.to) };
    return reason === undefined
      ? t("notice.skipped", times)
      : t("notice.skippedWhy", { ...times, reason: said(reason) });
  };
  return (
    <Alert color="gray" py={6} icon={<IconInfoCircle aria-hidden />} role="status">
      {says(notice)}
    </Alert>
  );
}
