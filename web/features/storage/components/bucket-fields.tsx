import { Checkbox, NumberInput, PasswordInput, SimpleGrid, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { keptSecret, type Bucket } from "../model/bucket.ts";

interface BucketFieldsProps {
  readonly value: Bucket;
  readonly onChange: (value: Bucket) => void;
}

/** Where a bucket is, and the keys to it. */
export function BucketFields({ value, onChange }: BucketFieldsProps): ReactElement {
  const { t } = useTranslation("storage");
  const { secretKey, uploadMbit, ...rest } = value;
  const text = (name: "endpoint" | "region" | "bucket" | "prefix" | "accessKeyId", placeholder?: string) => (
    <TextInput
      label={t(`bucket.${name}`)}
      value={rest[name]}
      onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
      autoComplete="off"
      spellCheck={false}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
  const withoutLimit = { ...rest, secretKey };
  return (
    <>
      {text("endpoint", "https://s3.example.org")}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {text("bucket")}
        {text("prefix")}
        {text("region")}
        <NumberInput
          label={t("bucket.uploadMbit")}
          placeholder={t("bucket.unlimited")}
          min={0.5}
          max={10_000}
          value={uploadMbit ?? ""}
          onChange={(mbit) => onChange(typeof mbit === "number" ? { ...value, uploadMbit: mbit } : withoutLimit)}
        />
        {text("accessKeyId")}
        <PasswordInput
          label={t("bucket.secretKey")}
          placeholder={secretKey === keptSecret ? t("bucket.secretKept") : ""}
          value={secretKey === keptSecret ? "" : secretKey}
          onChange={(event) => onChange({ ...value, secretKey: event.currentTarget.value })}
          autoComplete="off"
        />
      </SimpleGrid>
      <Checkbox
        label={t("bucket.pathStyle")}
        description={t("bucket.pathStyleSays")}
        checked={value.pathStyle}
        onChange={(event) => onChange({ ...value, pathStyle: event.currentTarget.checked })}
      />
    </>
  );
}
