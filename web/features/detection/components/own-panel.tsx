import { Grid, Group, NumberInput, Switch, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useWord } from "../../../shared/detection/detection-data.ts";
import { OwnState } from "../../../shared/detection/own-state.tsx";
import { askedThings, ownRulesOf, switchOwn, withAddress } from "../../../shared/detection/own.ts";
import { WhoLooks } from "../../../shared/detection/who-looks.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { HeardEvents } from "./heard-events.tsx";
import type { PanelProps } from "./panel.ts";

/** What the camera sees by itself: whether it is listened to, where, and what it said lately. */
export function OwnPanel({ channel, saved, draft, onDraft }: PanelProps): ReactElement {
  const { t } = useTranslation("detection");
  const { own } = draft.settings;
  const word = useWord(channel.channel);
  const asked = askedThings(draft.settings);
  // their alarm inputs are another page's, and a point with an input can't be taken away
  const hasRules = own !== undefined && ownRulesOf(saved).length > 0;
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Section title={t("own.title")} says={t("own.says")}>
          <Switch
            label={t("own.listen")}
            description={t(hasRules ? "own.rulesHang" : "own.listenSays")}
            checked={own !== undefined}
            disabled={hasRules}
            onChange={({ currentTarget }) => onDraft(switchOwn(draft, currentTarget.checked, saved.settings.own))}
          />
          {own !== undefined && (
            <>
              {saved.settings.own === undefined ? (
                <Text size="sm" c="dimmed">
                  {t("own.notApplied")}
                </Text>
              ) : (
                <OwnState channel={channel.channel} />
              )}
              <Group grow align="flex-end">
                <NumberInput
                  label={t("own.port")}
                  description={t("own.portSays")}
                  min={1}
                  max={65535}
                  allowDecimal={false}
                  value={own.port}
                  onChange={(port) => typeof port === "number" && onDraft(withAddress(draft, { port }))}
                />
                <NumberInput
                  label={t("own.input")}
                  description={t("own.inputSays")}
                  min={1}
                  max={256}
                  allowDecimal={false}
                  value={own.input ?? 1}
                  onChange={(input) => typeof input === "number" && onDraft(withAddress(draft, { input }))}
                />
              </Group>
            </>
          )}
        </Section>
      </Grid.Col>
      {own !== undefined && (
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Section title={t("own.who")} says={t("own.whoSays")}>
            {asked.length === 0 && (
              <Text size="sm" c="dimmed">
                {t("own.nothingAsked")}
              </Text>
            )}
            {asked.map((thing) => (
              <WhoLooks
                key={thing}
                {...{ channel: channel.channel, thing, saved, draft, onDraft }}
                label={t(`own.thing.${thing}`)}
              />
            ))}
          </Section>
        </Grid.Col>
      )}
      {word !== undefined && (
        <Grid.Col span={12}>
          <HeardEvents word={word} />
        </Grid.Col>
      )}
    </Grid>
  );
}
