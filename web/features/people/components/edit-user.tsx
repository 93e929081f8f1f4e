import { Button, Divider, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isAllowedPassword } from "../../../../src/domain/password-rules.ts";
import { alike } from "../../../shared/draft.ts";
import { useMe } from "../../../shared/site-data.ts";
import { confirmTyped } from "../../../shared/ui/confirm-typed.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useChangeUser, useRemoveUser, useSetPassword, type User } from "../api/people.ts";
import { DisplayLink } from "./display-link.tsx";
import { PasswordField } from "./password-field.tsx";
import { RightsFields } from "./rights-fields.tsx";
import { people, RoleField } from "./role-field.tsx";

interface EditUserProps {
  readonly user: User;
  readonly onClose: () => void;
}

/** One person or display: role, cameras, how they get in, and the way out. */
export function EditUser({ user, onClose }: EditUserProps): ReactElement {
  const { t } = useTranslation("people");
  return (
    <Modal opened onClose={onClose} title={user.name} size="lg" closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="lg">
        <RightsForm user={user} onClose={onClose} />
        <Divider />
        {user.role === "display" ? <DisplayLink user={user} /> : <PasswordForm user={user} />}
        <Divider />
        <Remove user={user} onClose={onClose} />
      </Stack>
    </Modal>
  );
}

function RightsForm({ user, onClose }: EditUserProps): ReactElement {
  const { t } = useTranslation("people");
  const change = useChangeUser();
  const [role, setRole] = useState(user.role);
  const [rights, setRights] = useState(user.rights);
  const dirty = role !== user.role || !alike(rights, user.rights);
  const saved = () => {
    notifications.show({ message: t("users.changed", { name: user.name }) });
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ name: user.name, role, rights }, { onSuccess: saved });
      }}
    >
      <Stack gap="md">
        {user.role === "display" ? (
          <Text size="sm">{t("roleSays.display")}</Text>
        ) : (
          <RoleField roles={people} value={role} onChange={setRole} />
        )}
        <RightsFields role={role} rights={rights} onChange={setRights} />
        {change.error !== null && <ErrorNote error={change.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending} disabled={!dirty}>
            {t("apply")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function PasswordForm({ user }: { readonly user: User }): ReactElement {
  const { t } = useTranslation("people");
  const set = useSetPassword();
  const [password, setPassword] = useState("");
  const done = () => {
    setPassword("");
    notifications.show({ message: t("password.changed", { name: user.name }) });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate({ name: user.name, password }, { onSuccess: done });
      }}
    >
      <Stack gap="sm">
        <PasswordField label={t("password.new")} name={user.name} value={password} onChange={setPassword} />
        {set.error !== null && <ErrorNote error={set.error} />}
        <Group justify="space-between">
          <Text size="sm" c="dimmed" flex="1 1 12rem">
            {t("password.ends")}
          </Text>
          <Button
            type="submit"
            variant="default"
            loading={set.isPending}
            disabled={!isAllowedPassword(user.name, password)}
          >
            {t("password.set")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Remove({ user, onClose }: EditUserProps): ReactElement {
  const { t } = useTranslation("people");
  const remove = useRemoveUser();
  const own = useMe().data?.name === user.name;
  const ask = () =>
    confirmTyped({
      title: t("users.removeTitle", { name: user.name }),
      says: t("users.removeSays"),
      word: user.name,
      confirm: t("users.remove"),
      onConfirm: () => remove.mutate(user.name, { onSuccess: onClose }),
    });
  return (
    <Stack gap="sm">
      {remove.error !== null && <ErrorNote error={remove.error} />}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t(own ? "users.removeOwn" : "users.removeSays")}
        </Text>
        <Button color="red" variant="light" loading={remove.isPending} onClick={ask} disabled={own}>
          {t("users.remove")}
        </Button>
      </Group>
    </Stack>
  );
}
