import { SegmentedControl, Select, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { inputPoints } from "../../../../src/domain/board-points.ts";
import type { Draft } from "../../../shared/draft.ts";
import { KindField } from "../../../shared/io/kind-field.tsx";
import { useOutputKinds } from "../../../shared/io/kinds.ts";
import { driverOf } from "../../../shared/io/points.ts";
import { useBoards, useInputs } from "../../../shared/site-data.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { withKind, type OutputSettings } from "../model/settings.ts";

interface FormProps {
  readonly draft: Draft<OutputSettings>;
}

/** Name, kind, and the contact that feels whether it is really on. */
export function OutputSettingsForm({ draft }: FormProps): ReactElement {
  const { t } = useTranslation("alarm-out");
  const kinds = useOutputKinds();
  const { name, kind } = draft.value;
  return (
    <Section title={t("section.settings")}>
      <TextInput
        label={t("field.name")}
        value={name}
        maxLength={100}
        onChange={(event) => draft.set({ name: event.currentTarget.value })}
      />
      <KindField
        label={t("field.kind")}
        description={t(`kindHelp.${kind}`)}
        kinds={kinds}
        kind={kind}
        onKind={(chosen) => draft.set(withKind(chosen))}
      />
      <Feedback draft={draft} />
    </Section>
  );
}

function Feedback({ draft }: FormProps): ReactElement {
  const { t } = useTranslation(["alarm-out", "io"]);
  const boards = useBoards().data ?? [];
  const inputs = useInputs().data ?? [];
  const { feedback } = draft.value;
  const contacts = boards.flatMap((board) =>
    inputPoints(driverOf(board)).map((point) => {
      const name = inputs.find((one) => one.board === board.board && one.point === point)?.name;
      const place = t("place", { ns: "io", board: board.name, point });
      return { value: `${board.board}/${point}`, label: name === undefined ? place : `${place} · ${name}` };
    }),
  );
  const choose = (value: string | null) => {
    const [board, point] = (value ?? "").split("/").map(Number);
    draft.set({
      feedback:
        board === undefined || point === undefined ? undefined : { board, point, onWhen: feedback?.onWhen ?? "closed" },
    });
  };
  return (
    <>
      <Select
        label={t("field.feedback")}
        description={t("help.feedbackContact")}
        placeholder={t("noFeedback")}
        data={contacts}
        value={feedback === undefined ? null : `${feedback.board}/${feedback.point}`}
        onChange={choose}
        searchable
        clearable
      />
      {feedback !== undefined && (
        <SegmentedControl
          aria-label={t("field.onWhen")}
          value={feedback.onWhen}
          onChange={(value) => draft.set({ feedback: { ...feedback, onWhen: value === "open" ? "open" : "closed" } })}
          data={(["closed", "open"] as const).map((value) => ({ value, label: t(`onWhen.${value}`) }))}
        />
      )}
    </>
  );
}
