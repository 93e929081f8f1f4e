import { Button, Menu, Text } from "@mantine/core";
import { IconShieldCheck, IconShieldOff, IconVolume, IconVolumeOff, IconWalk } from "@tabler/icons-react";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { defaultArming, disarmedMode, type ModeSettings } from "../../src/domain/arming.ts";
import { useArmingSettings } from "../shared/arming/arming-data.ts";
import { beep, chime, setBeep, useBeep } from "../shared/arming/beeper.ts";
import { runningDelay, type RunningDelay } from "../shared/arming/delay.ts";
import { useModeName } from "../shared/arming/mode-name.ts";
import { useArmIn } from "../shared/arming/use-arm-in.ts";
import { onLiveEvent, useLive } from "../shared/event-stream.ts";
import { useMay } from "../shared/site-data.ts";
import { tellFailure } from "../shared/tell.ts";
import { useNow } from "../shared/use-now.ts";
import classes from "./shell.module.css";

/** The mode as it is now, with the time left of a delay; a press opens the modes. */
export function ArmingSwitch(): ReactElement | null {
  const { t } = useTranslation("arming");
  const arming = useLive((state) => state.arming);
  const settings = useArmingSettings().data;
  const delay = runningDelay(arming, settings, useNow(500));
  const nameOf = useModeName();
  const may = useMay("arm");
  const direct = useArmIn();
  const { pending } = direct;
  const byCode = (mode: string) =>
    void import("../shared/arming/keypad-dialog.tsx").then(
      ({ openKeypad }) => openKeypad(t("now", { mode: nameOf(mode) }), mode),
      (error: unknown) => tellFailure(t("failed"), error instanceof Error ? error : new Error(String(error))),
    );
  const arm = may ? direct.arm : byCode;
  useSounds(delay);
  if (arming === undefined) return null;
  const armed = arming.mode !== disarmedMode;
  const Icon = delay === undefined ? (armed ? IconShieldCheck : IconShieldOff) : IconWalk;
  const word = nameOf(arming.mode);
  return (
    <Menu position="bottom-end" width={260} withinPortal shadow="md">
      <Menu.Target>
        <Button
          className={classes["wordOnly"] ?? ""}
          size="compact-sm"
          variant={armed ? "filled" : "default"}
          color={delay === undefined ? "red" : "orange"}
          leftSection={<Icon size={16} aria-hidden />}
          loading={pending}
          aria-label={
            delay === undefined
              ? t("now", { mode: word })
              : t(`delay.${delay.kind}Label`, { mode: word, seconds: delay.leftS })
          }
        >
          {delay === undefined ? word : `${word} · ${delay.leftS} s`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {delay !== undefined && <Menu.Label>{t(`delay.${delay.kind}`, { seconds: delay.leftS })}</Menu.Label>}
        {armed && (
          <Menu.Item leftSection={<IconShieldOff size={16} aria-hidden />} onClick={() => arm(disarmedMode)}>
            <Text fw={600} size="sm">
              {t("disarm")}
            </Text>
          </Menu.Item>
        )}
        <Modes modes={settings?.modes ?? defaultArming.modes} now={arming.mode} onArm={arm} />
        <Menu.Divider />
        <BeepItem />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ModesProps {
  readonly modes: readonly ModeSettings[];
  readonly now: string;
  readonly onArm: (mode: string) => void;
}

function Modes({ modes, now, onArm }: ModesProps): ReactElement {
  const { t } = useTranslation("arming");
  const nameOf = useModeName();
  return (
    <>
      {modes
        .filter(({ mode }) => mode !== now)
        .map(({ mode }) => (
          <Menu.Item key={mode} leftSection={<IconShieldCheck size={16} aria-hidden />} onClick={() => onArm(mode)}>
            {t("armIn", { mode: nameOf(mode) })}
          </Menu.Item>
        ))}
    </>
  );
}

function BeepItem(): ReactElement {
  const { t } = useTranslation("arming");
  const on = useBeep();
  const Icon = on ? IconVolume : IconVolumeOff;
  return (
    <Menu.Item leftSection={<Icon size={16} aria-hidden />} closeMenuOnClick={false} onClick={() => setBeep(!on)}>
      {t(on ? "beep.on" : "beep.off")}
    </Menu.Item>
  );
}

/** Beeps each second of a delay, and chimes, where sound was switched on. */
function useSounds(delay: RunningDelay | undefined): void {
  const on = useBeep();
  const kind = delay?.kind;
  const leftS = delay?.leftS ?? 0;
  useEffect(() => {
    if (on && kind !== undefined && leftS > 0) beep(kind);
  }, [on, kind, leftS]);
  useEffect(() => {
    if (!on) return undefined;
    return onLiveEvent((event) => {
      if (event.kind === "chime") chime();
    });
  }, [on]);
}
