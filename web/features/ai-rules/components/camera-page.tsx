import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { CameraFrame, OneCamera, type ShownCamera } from "../../../shared/detection/camera-frame.tsx";
import type { LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import { useDraft } from "../../../shared/draft.ts";
import { draftOf, problemOf, rulesOf, type Problem } from "../model/draft.ts";
import { openCopy } from "./copy-dialog.ts";
import { Rules } from "./rules.tsx";

/** One camera: its rules on its picture, smart motion, and what each of them does. */
export const CameraPage = ({ number }: { readonly number: number }): ReactElement => (
  <OneCamera number={number}>{(shown) => <Found shown={shown} />}</OneCamera>
);

function Found({ shown }: { readonly shown: ShownCamera }): ReactElement {
  const { t } = useTranslation(["ai-rules", "alarm-in"]);
  const { channel, all, inputs, detected } = shown;
  const { board, settings } = detected;
  const saved = draftOf(settings, board, inputs);
  const draft = useDraft<LinkedDraft>(saved);
  const problem = useProblemSays(problemOf(draft.value));
  const isThere = rulesOf(saved).length > 0 || settings.smart !== undefined;
  const copy = { label: t("copy.open"), open: () => openCopy(t, all, channel.channel) };
  return (
    <CameraFrame
      {...{ shown, saved, draft, problem }}
      back={{ to: "/ai-rules", label: t("back") }}
      copy={isThere ? copy : undefined}
      notSaved={t("notSaved")}
    >
      <Rules channel={channel} detected={detected} saved={saved} draft={draft.value} onDraft={draft.set} />
    </CameraFrame>
  );
}

/** Why it can't be applied, in words. */
function useProblemSays(problem: Problem | undefined): string | undefined {
  const { t } = useTranslation(["ai-rules", "alarm-in"]);
  if (problem === undefined) return undefined;
  if (problem.kind === "linkage") return t(`problem.${problem.problem}`, { ns: "alarm-in" });
  if (problem.kind === "cameraRule") return t("problem.name");
  const { name } = problem.rule;
  return t(`problem.${problem.problem}`, { name: name.trim() === "" ? t("list.unnamed") : name });
}
