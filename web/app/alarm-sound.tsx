import { Alert, Button } from "@mantine/core";
import { IconVolumeOff } from "@tabler/icons-react";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { noticeMs } from "../shared/alarm-popup/stack.ts";
import { useAlarmStack } from "../shared/alarm-popup/use-alarm-stack.ts";
import { playSound, soundCapMs, speak, stopSound } from "../shared/alarm-sound/player.ts";
import { nextSound, silentStart } from "../shared/alarm-sound/sound-plan.ts";

/** Sounds the alarms whose linkage asks for it; where the browser keeps silent, that is said. Drawn once. */
export function AlarmSound(): ReactElement | null {
  const { t } = useTranslation("shell");
  const { shown } = useAlarmStack(20, noticeMs, true);
  const sounding = useRef(silentStart);
  const [blocked, setBlocked] = useState(false);
  useEffect(() => {
    const { next, step } = nextSound(sounding.current, shown);
    sounding.current = next;
    if (step.kind === "stop") stopSound();
    if (step.kind !== "play") return;
    void playSound(step.sound, soundCapMs).then((plays) => setBlocked(!plays));
    speak(step.voice);
  }, [shown]);
  if (!blocked) return null;
  return (
    <Alert color="orange" icon={<IconVolumeOff aria-hidden />} title={t("sound.blocked")} role="alert" mb="md">
      {t("sound.says")}{" "}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => void playSound("chime", 1500).then((plays) => setBlocked(!plays))}
      >
        {t("sound.allow")}
      </Button>
    </Alert>
  );
}
