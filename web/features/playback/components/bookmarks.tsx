import { Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconBookmark, IconLock } from "@tabler/icons-react";
import { type ReactElement, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { type Bookmark, type Lock, useAddBookmark, useLockRange } from "../api/bookmarks.ts";
import type { Range } from "../model/line.ts";
import type { Session } from "../player/session.ts";
import { BookmarkList, LockList } from "./bookmark-list.tsx";

interface BookmarksProps {
  readonly session: Session;
  readonly channels: readonly Channel[];
  readonly range: Range | undefined;
  readonly bookmarks: readonly Bookmark[];
  readonly locks: readonly Lock[];
  readonly note: RefObject<HTMLInputElement | null>;
  readonly onGo: (wall: number) => void;
}

/** What is noted and kept of what is shown; a note for the moment or the marked stretch, a lock for the stretch. */
export function Bookmarks({ session, channels, range, bookmarks, locks, note, onGo }: BookmarksProps): ReactElement {
  const { t } = useTranslation("playback");
  const mayLock = useMay("control");
  const [text, setText] = useState("");
  const add = useAddBookmark();
  const lock = useLockRange();
  const numbers = channels.map(({ channel }) => channel);
  const said = text.trim();
  const clear = { onSuccess: () => setText("") };
  const save = (): void => {
    if (said === "" || numbers.length === 0) return;
    const when =
      range === undefined
        ? { at: Math.round(session.state.position) }
        : { at: Math.floor(range.from), to: Math.ceil(range.to) };
    add.mutate({ channels: numbers, note: said, ...when }, clear);
  };
  const keep = (of: Range): void =>
    lock.mutate({ channels: numbers, from: Math.floor(of.from), to: Math.ceil(of.to), reason: said }, clear);
  const error = add.error ?? lock.error;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t("bookmark.title")}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t("bookmark.title")}
        </Title>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Group gap="xs" align="end">
            <TextInput
              ref={note}
              flex="1 1 14rem"
              label={t("bookmark.note")}
              description={t(range === undefined ? "bookmark.moment" : "bookmark.stretch")}
              value={text}
              maxLength={500}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button
              type="submit"
              leftSection={<IconBookmark size={16} aria-hidden />}
              loading={add.isPending}
              disabled={said === "" || numbers.length === 0}
            >
              {t("bookmark.save")}
            </Button>
            {range !== undefined && mayLock && (
              <Button
                variant="default"
                leftSection={<IconLock size={16} aria-hidden />}
                loading={lock.isPending}
                disabled={said === "" || numbers.length === 0}
                onClick={() => keep(range)}
              >
                {t("bookmark.lock")}
              </Button>
            )}
          </Group>
        </form>
        {error !== null && <ErrorNote error={error} />}
        {bookmarks.length + locks.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("bookmark.none")}
          </Text>
        )}
        <BookmarkList bookmarks={bookmarks} onGo={onGo} />
        <LockList locks={locks} onGo={onGo} />
      </Stack>
    </Paper>
  );
}
