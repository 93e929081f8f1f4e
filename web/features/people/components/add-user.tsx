import { Modal, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isAllowedPassword } from "../../../../src/domain/password-rules.ts";
import { DialogForm } from "../../../shared/ui/dialog-form.tsx";
import { useAddUser, type Rights, type Role } from "../api/people.ts";
import { PasswordField } from "./password-field.tsx";
import { RightsFields } from "./rights-fields.tsx";
import { everyone, RoleField } from "./role-field.tsx";

interface AddUserProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A display was made: it wants its link next. */
  readonly onDisplay: (name: string) => void;
}

export function AddUser({ opened, onClose, onDisplay }: AddUserProps): ReactElement {
  const { t } = useTranslation("people");
  return (
    <Modal opened={opened} onClose={onClose} title={t("users.add")} closeButtonProps={{ "aria-label": t("close") }}>
      <AddForm onClose={onClose} onDisplay={onDisplay} />
    </Modal>
  );
}

const all: Rights = { live: "all", playback: "all" };

function AddForm({ onClose, onDisplay }: Omit<AddUserProps, "opened">): ReactElement {
  const { t } = useTranslation("people");
  const add = useAddUser();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [password, setPassword] = useState("");
  const [rights, setRights] = useState(all);
  const isDisplay = role === "display";
  const good = name.trim() !== "" && (isDisplay || isAllowedPassword(name, password));
  const submit = () =>
    add.mutate(
      { name: name.trim(), role, rights, ...(isDisplay ? {} : { password }) },
      {
        onSuccess: (user) => {
          onClose();
          if (user.role === "display") onDisplay(user.name);
        },
      },
    );
  return (
    <DialogForm press={t("users.addDo")} sending={add} ready={good} onSend={submit} onClose={onClose}>
      <TextInput
        label={t("users.name")}
        value={name}
        maxLength={64}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleField roles={everyone} value={role} onChange={setRole} />
      {!isDisplay && <PasswordField label={t("password.first")} name={name} value={password} onChange={setPassword} />}
      <RightsFields role={role} rights={rights} onChange={setRights} />
    </DialogForm>
  );
}
