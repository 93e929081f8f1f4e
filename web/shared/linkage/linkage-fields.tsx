import { Divider, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ConditionFields } from "./condition-fields.tsx";
import type { LinkageDraft } from "./linkage-value.ts";
import { MessageFields } from "./message-fields.tsx";
import { OutputLinks } from "./output-links.tsx";
import { PageFields } from "./page-fields.tsx";
import { PtzFields } from "./ptz-fields.tsx";
import { RecordingFields } from "./recording-fields.tsx";
import { SnapshotFields } from "./snapshot-fields.tsx";

interface LinkageFieldsProps {
  readonly draft: LinkageDraft;
  /** The input whose linkage it is; absent for other sources. */
  readonly self?: number;
  /** False for sources that switch nothing. */
  readonly outputs?: boolean;
}

/** What a source of events does, the same for every source: record, switch, take pictures, tell, show, and when. */
export function LinkageFields({ draft, self, outputs = true }: LinkageFieldsProps): ReactElement {
  const { t } = useTranslation("linkage");
  return (
    <>
      <RecordingFields draft={draft} />
      {outputs && <OutputLinks draft={draft} />}
      <PtzFields draft={draft} />
      <SnapshotFields draft={draft} />
      <MessageFields draft={draft} />
      <Divider label={t("when")} labelPosition="left" />
      <ConditionFields draft={draft} self={self} />
      <Divider label={t("pages")} labelPosition="left" />
      <PageFields draft={draft} />
      <Divider />
      <div>
        <Text size="sm" fw={500}>
          {t("log")}
        </Text>
        <Text size="sm" c="dimmed">
          {t("logSays")}
        </Text>
      </div>
    </>
  );
}
