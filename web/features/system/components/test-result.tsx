import { Alert, Code, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { NotifierTestAnswer } from "../api/notifiers.ts";

/** What the receiver really answered to a test message. */
export function TestResult({ result }: { readonly result: NotifierTestAnswer }): ReactElement {
  const { t } = useTranslation("system");
  const format = useFormat();
  const { outcome, answer, ms } = result;
  const done = outcome.kind === "done";
  const reason = "reason" in outcome ? outcome.reason : "gate" in outcome ? outcome.gate : "";
  return (
    <Alert
      color={done ? "teal" : "red"}
      mt="sm"
      title={done ? t("notify.arrived") : t("notify.notArrived")}
      role={done ? "status" : "alert"}
    >
      {answer !== undefined && (
        <Text size="sm">{t("notify.answered", { status: answer.status, after: format.duration(ms) })}</Text>
      )}
      {answer !== undefined && answer.text !== "" && (
        <Code block mt={4}>
          {answer.text}
        </Code>
      )}
      {!done && <Text size="sm">{said(reason)}</Text>}
    </Alert>
  );
}
