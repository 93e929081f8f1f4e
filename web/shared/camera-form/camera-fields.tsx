import { Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SecretField } from "../ui/secret-field.tsx";
import { asksOf, makes, type CameraDraft, type Problem } from "./camera-draft.ts";
import { MoreFields } from "./more-fields.tsx";

export interface CameraFieldsProps {
  readonly draft: CameraDraft;
  readonly onChange: (part: Partial<CameraDraft>) => void;
  /** Shown at its field once somebody tried to go on. */
  readonly problem: Problem | undefined;
}

/** Make, address and login; what is asked for follows from the make. */
export function CameraFields(props: CameraFieldsProps): ReactElement {
  const { draft, onChange, problem } = props;
  const { t } = useTranslation("camera-form");
  const asks = asksOf(draft.make);
  return (
    <Stack gap="sm">
      <Select
        label={t("field.make")}
        data={makes.map((make) => ({ value: make, label: t(`make.${make}`) }))}
        value={draft.make}
        onChange={(make) => onChange({ make: make ?? "other", variant: 0 })}
        allowDeselect={false}
        description={t(`hint.${draft.make}`)}
        inputWrapperOrder={["label", "input", "description", "error"]}
      />
      {asks === "url" ? (
        <UrlFields {...props} />
      ) : (
        <TextInput
          label={asks === "keys" ? t("field.console") : t("field.address")}
          placeholder="192.0.2.10"
          value={draft.address}
          onChange={(event) => onChange({ address: event.currentTarget.value })}
          error={problem === "address" && t("problem.address")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      )}
      {asks === "keys" ? <KeyFields {...props} /> : <LoginFields {...props} />}
      <TextInput
        label={t("field.name")}
        placeholder={t("field.nameExample")}
        value={draft.name}
        maxLength={100}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {asks === "login" && <MoreFields {...props} />}
    </Stack>
  );
}

function UrlFields({ draft, onChange, problem }: CameraFieldsProps): ReactElement {
  const { t } = useTranslation("camera-form");
  const text = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
  return (
    <>
      <TextInput
        {...text}
        label={t("field.url")}
        placeholder="rtsp://192.0.2.10:554/stream1"
        value={draft.url}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
        error={problem === "url" && t("problem.url")}
        required
      />
      <TextInput
        {...text}
        label={t("field.subUrl")}
        description={t("field.subUrlSays")}
        value={draft.subUrl}
        onChange={(event) => onChange({ subUrl: event.currentTarget.value })}
        error={problem === "subUrl" && t("problem.url")}
      />
    </>
  );
}

function KeyFields({ draft, onChange, problem }: CameraFieldsProps): ReactElement {
  const { t } = useTranslation("camera-form");
  return (
    <>
      <TextInput
        label={t("field.mainKey")}
        placeholder="rtsps://192.0.2.1:7441/AbCdEfGh?enableSrtp"
        value={draft.mainKey}
        onChange={(event) => onChange({ mainKey: event.currentTarget.value })}
        error={problem === "mainKey" && t("problem.mainKey")}
        autoComplete="off"
        required
      />
      <TextInput
        label={t("field.subKey")}
        description={t("field.subUrlSays")}
        value={draft.subKey}
        onChange={(event) => onChange({ subKey: event.currentTarget.value })}
        autoComplete="off"
      />
    </>
  );
}

function LoginFields({ draft, onChange }: CameraFieldsProps): ReactElement {
  const { t } = useTranslation("camera-form");
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput
        label={t("field.username")}
        value={draft.username}
        onChange={(event) => onChange({ username: event.currentTarget.value })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SecretField
        label={t("field.password")}
        value={draft.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
        autoComplete="new-password"
      />
    </SimpleGrid>
  );
}
