import { ActionIcon, Anchor, Group, Stack, Text } from "@mantine/core";
import { IconBookmark, IconLock, IconLockOpen, IconX } from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useFormat, useMay, useMe } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import { type Bookmark, type Lock, useReleaseLock, useRemoveBookmark } from "../api/bookmarks.ts";

interface LineProps {
  readonly icon: ReactNode;
  readonly at: number;
  readonly to?: number | undefined;
  readonly text: string;
  readonly about: string;
  readonly onGo: (wall: number) => void;
  readonly children?: ReactNode;
}

function Line({ icon, at, to, text, about, onGo, children }: LineProps): ReactElement {
  const format = useFormat();
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="start">
      {icon}
      <Stack gap={0} flex={1} miw={0}>
        <Group gap="xs">
          <Anchor component="button" type="button" size="sm" onClick={() => onGo(at)}>
            {format.dateTime(at)}
            {to === undefined ? "" : ` – ${format.time(to)}`}
          </Anchor>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {text}
          </Text>
        </Group>
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      </Stack>
      {children}
    </Group>
  );
}

const plain = { p: 0, m: 0, style: { listStyle: "none" } } as const;
/** "user anna": how the server writes down who it was. */
const nameOf = (by: string): string => by.replace(/^(user|key|system) /, "");

interface BookmarkListProps {
  readonly bookmarks: readonly Bookmark[];
  readonly onGo: (wall: number) => void;
}

export function BookmarkList({ bookmarks, onGo }: BookmarkListProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const names = useNames();
  const me = useMe().data?.name;
  const mayAll = useMay("configure");
  const remove = useRemoveBookmark();
  if (bookmarks.length === 0) return null;
  return (
    <Stack gap="xs" component="ul" {...plain} aria-label={t("bookmark.list")}>
      {bookmarks.map(({ id, at, to, note, by, channels }) => (
        <Line
          key={id}
          {...{ at, to, text: note, onGo }}
          icon={<IconBookmark size={18} aria-hidden />}
          about={t("bookmark.about", { cameras: names(channels), by: nameOf(by) })}
        >
          {(mayAll || nameOf(by) === me) && (
            <ActionIcon
              variant="default"
              size={32}
              aria-label={t("bookmark.remove", { note })}
              onClick={() => remove.mutate(id, { onError: (error) => tellFailure(t("bookmark.notRemoved"), error) })}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </Line>
      ))}
    </Stack>
  );
}

interface LockListProps {
  readonly locks: readonly Lock[];
  readonly onGo: (wall: number) => void;
}

export function LockList({ locks, onGo }: LockListProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const names = useNames();
  const mayRelease = useMay("configure");
  const release = useReleaseLock();
  if (locks.length === 0) return null;
  return (
    <Stack gap="xs" component="ul" {...plain} aria-label={t("bookmark.locks")}>
      {locks.map(({ id, channel, from, to, reason, by }) => (
        <Line
          key={id}
          {...{ at: from, to, text: reason, onGo }}
          icon={<IconLock size={18} aria-hidden />}
          about={t("bookmark.locked", { cameras: names([channel]), by: nameOf(by) })}
        >
          {mayRelease && (
            <ActionIcon
              variant="default"
              size={32}
              aria-label={t("bookmark.release", { reason })}
              onClick={() => release.mutate(id, { onError: (error) => tellFailure(t("bookmark.notReleased"), error) })}
            >
              <IconLockOpen size={16} aria-hidden />
            </ActionIcon>
          )}
        </Line>
      ))}
    </Stack>
  );
}

function useNames(): (channels: readonly number[]) => string {
  const all = useChannels().data ?? [];
  return (channels) =>
    channels.map((channel) => all.find((one) => one.channel === channel)?.name ?? String(channel)).join(", ");
}
