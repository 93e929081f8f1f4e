import { Badge, Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useFormat } from "../../../shared/site-data.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { useUsers, type Rights, type User } from "../api/people.ts";
import { AddUser } from "./add-user.tsx";
import { EditUser } from "./edit-user.tsx";

/** The people and displays, what each may do and see. */
export function UsersSection(): ReactElement {
  const { t } = useTranslation("people");
  const users = useUsers();
  const format = useFormat();
  const seen = useSeenText();
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<string>();
  const columns: TableColumn<User>[] = [
    { key: "name", title: t("users.name"), value: (user) => user.name },
    {
      key: "role",
      title: t("users.role"),
      value: (user) => t(`roles.${user.role}`),
      draw: (user) => (
        <Badge variant="light" color={user.role === "administrator" ? "teal" : "gray"} tt="none">
          {t(`roles.${user.role}`)}
        </Badge>
      ),
    },
    { key: "live", title: t("users.live"), value: (user) => seen(user.rights.live) },
    { key: "playback", title: t("users.playback"), value: (user) => seen(user.rights.playback) },
    { key: "since", title: t("users.since"), value: (user) => format.day(user.createdAt) },
  ];
  if (users.error !== null) return <ErrorNote error={users.error} onRetry={() => void users.refetch()} />;
  if (users.data === undefined) return <LoadingRows />;
  const edited = users.data.find((user) => user.name === open);
  return (
    <>
      <DataTable
        label={t("sections.users")}
        rows={users.data}
        columns={columns}
        keyOf={(user) => user.name}
        nameOf={(user) => user.name}
        onOpen={(user) => setOpen(user.name)}
      >
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {t("users.add")}
        </Button>
      </DataTable>
      <AddUser opened={adding} onClose={() => setAdding(false)} onDisplay={setOpen} />
      {edited !== undefined && <EditUser key={edited.name} user={edited} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** "All", "None" or the names of the cameras. */
function useSeenText(): (choice: Rights["live"]) => string {
  const { t } = useTranslation("people");
  const channels = useChannels().data ?? [];
  return (choice) => {
    if (choice === "all") return t("rights.all");
    if (choice.length === 0) return t("rights.none");
    const names = choice.map((number) => channels.find((row) => row.channel === number)?.name ?? String(number));
    return names.join(", ");
  };
}
