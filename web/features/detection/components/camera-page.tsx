import { ScrollArea, Tabs } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { CameraFrame, OneCamera, type ShownCamera } from "../../../shared/detection/camera-frame.tsx";
import type { LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import { useDraft } from "../../../shared/draft.ts";
import { draftOf, isOn, problemOf, regionsOf, type Named, type Problem } from "../model/draft.ts";
import { openCopy } from "./copy-dialog.ts";
import { EveryPicture } from "./every-picture.tsx";
import { AudioPanel, LossPanel, ScenePanel, TamperPanel } from "./event-panels.tsx";
import { MotionPanel } from "./motion-panel.tsx";
import { OwnPanel } from "./own-panel.tsx";

const panels = {
  motion: MotionPanel,
  tamper: TamperPanel,
  sceneChange: ScenePanel,
  videoLoss: LossPanel,
  audio: AudioPanel,
  own: OwnPanel,
} as const;
type Panel = keyof typeof panels;
const names = Object.keys(panels) as readonly Panel[];

const countOn = (draft: LinkedDraft, panel: Panel): number => {
  if (panel === "motion") return regionsOf(draft).length;
  if (panel === "audio") return Number(isOn(draft, "audioLoss")) + Number(isOn(draft, "audioRise"));
  return panel === "own" ? Number(draft.settings.own !== undefined) : Number(isOn(draft, panel));
};

/** One camera: what it is watched for, tab by tab, and what each event does. */
export const CameraPage = ({ number }: { readonly number: number }): ReactElement => (
  <OneCamera number={number}>{(shown) => <Found shown={shown} />}</OneCamera>
);

function Found({ shown }: { readonly shown: ShownCamera }): ReactElement {
  const { t } = useTranslation(["detection", "alarm-in"]);
  const [panel, setPanel] = useState<Panel>("motion");
  const { channel, all, inputs, detected } = shown;
  const { board, settings, isSet } = detected;
  const saved = draftOf(settings, board, inputs);
  const draft = useDraft<LinkedDraft>(saved);
  const problem = useProblemSays(problemOf(draft.value));
  const named: Named = { channel, nameOf: (event) => t(`event.${event}.name`) };
  const Shown = panels[panel];
  const copy = { label: t("copy.open"), open: () => openCopy(t, all, channel.channel) };
  return (
    <CameraFrame
      {...{ shown, saved, draft, problem }}
      back={{ to: "/detection", label: t("back") }}
      copy={isSet ? copy : undefined}
      notSaved={t("notSaved")}
    >
      <Tabs
        value={panel}
        onChange={(next) => setPanel(names.find((one) => one === next) ?? "motion")}
        keepMounted={false}
      >
        <ScrollArea type="never" mb="md">
          <Tabs.List style={{ flexWrap: "nowrap", whiteSpace: "nowrap" }}>
            {names.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {countOn(draft.value, name) === 0 ? t(`tab.${name}`) : t("tab.on", { name: t(`tab.${name}`) })}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </ScrollArea>
        <Tabs.Panel value={panel}>
          <Shown {...{ channel, board, named, saved }} draft={draft.value} onDraft={draft.set} />
        </Tabs.Panel>
      </Tabs>
      {Object.keys(draft.value.settings).length > 0 && <EveryPicture draft={draft.value} onDraft={draft.set} />}
    </CameraFrame>
  );
}

/** Why it can't be applied, in words. */
function useProblemSays(problem: Problem | undefined): string | undefined {
  const { t } = useTranslation(["detection", "alarm-in"]);
  if (problem === undefined) return undefined;
  if (problem.kind === "linkage") return t(`problem.${problem.problem}`, { ns: "alarm-in" });
  return t(`problem.${problem.kind}`);
}
