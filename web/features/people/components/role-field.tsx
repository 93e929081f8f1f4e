import { Radio, Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "../api/people.ts";

export const people: readonly Role[] = ["administrator", "operator", "viewer"];
export const everyone: readonly Role[] = [...people, "display"];

interface RoleFieldProps {
  readonly roles: readonly Role[];
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** Each role with what it may do, in one line. */
export function RoleField({ roles, value, onChange }: RoleFieldProps): ReactElement {
  const { t } = useTranslation("people");
  return (
    <Radio.Group
      label={t("users.role")}
      value={value}
      onChange={(text) => {
        const role = roles.find((one) => one === text);
        if (role !== undefined) onChange(role);
      }}
    >
      <Stack gap={6} mt={4}>
        {roles.map((role) => (
          <Radio key={role} value={role} label={t(`roles.${role}`)} description={t(`roleSays.${role}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
