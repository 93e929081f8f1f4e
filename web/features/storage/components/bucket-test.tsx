import { Alert, Button, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useTestBucket } from "../api/storage.ts";
import { isFilled, trimmed, type Bucket } from "../model/bucket.ts";

interface BucketTestProps {
  readonly bucket: Bucket;
  /** The archive whose secret key is known. */
  readonly volume?: string;
}

/** Tries the bucket as it stands in the form, and says what is wrong in plain words. */
export function BucketTest({ bucket, volume }: BucketTestProps): ReactElement {
  const { t } = useTranslation("storage");
  const trial = useTestBucket();
  const run = () => trial.mutate({ bucket: trimmed(bucket), ...(volume === undefined ? {} : { volume }) });
  const { data } = trial;
  return (
    <Stack gap="xs">
      <div>
        <Button variant="default" onClick={run} loading={trial.isPending} disabled={!isFilled(bucket)}>
          {t("bucket.test")}
        </Button>
      </div>
      {trial.error !== null && <ErrorNote error={trial.error} />}
      {data?.problem !== undefined && (
        <Alert color="red" role="alert">
          {said(data.problem)}
        </Alert>
      )}
      {data?.ok === true && (
        <Alert color={data.warnings.length === 0 ? "teal" : "orange"} role="status">
          <Text size="sm">{t("bucket.works", { ms: data.steps.reduce((sum, { ms }) => sum + ms, 0) })}</Text>
          {data.warnings.map((warning) => (
            <Text size="sm" key={warning}>
              {said(warning)}
            </Text>
          ))}
        </Alert>
      )}
    </Stack>
  );
}
