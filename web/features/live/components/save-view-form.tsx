import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface SaveViewFormProps {
  readonly mayShare: boolean;
  /** A user can have views of their own. */
  readonly mayOwn: boolean;
  readonly onCancel: () => void;
  readonly onSave: (name: string, shared: boolean) => void;
}

export function SaveViewForm({ mayShare, mayOwn, onCancel, onSave }: SaveViewFormProps): ReactElement {
  const { t } = useTranslation("live");
  const { t: common } = useTranslation("common");
  const [name, setName] = useState("");
  const [shared, setShared] = useState(!mayOwn);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") onSave(name.trim(), shared);
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t("views.name")}
          value={name}
          maxLength={100}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mayShare && mayOwn && (
          <Checkbox
            label={t("views.forAll")}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {common("cancel")}
          </Button>
          <Button type="submit" disabled={name.trim() === ""}>
            {common("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
