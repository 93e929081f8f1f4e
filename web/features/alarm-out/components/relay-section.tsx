import { Button, Group, NumberInput, Select, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { outputRanges } from "../../../../src/domain/output-settings.ts";
import { paceOf, relayProfile, relayProfiles, unknownRelay, wornShare } from "../../../../src/domain/relay-profile.ts";
import type { Draft } from "../../../shared/draft.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { useRelayReplaced } from "../api/outputs.ts";
import type { OutputSettings } from "../model/settings.ts";
import { LoadFields } from "./load-fields.tsx";

interface RelayProps {
  readonly draft: Draft<OutputSettings>;
  readonly output: number;
  readonly operations: number | undefined;
  readonly savedRelay: string | undefined;
}

/** What is known of its relay, what hangs on it, how its repeats are paced, and how often it operated. */
export function RelaySection({ draft, output, operations, savedRelay }: RelayProps): ReactElement {
  const { t } = useTranslation("alarm-out");
  const profile = relayProfile(draft.value.relay);
  return (
    <Section title={t("section.relay")}>
      <Select
        label={t("field.profile")}
        description={profile.id === unknownRelay.id ? t("relay.unknownHelp") : profile.source}
        data={relayProfiles.map(({ id, title }) => ({
          value: id,
          label: id === unknownRelay.id ? t("relay.unknown") : title,
        }))}
        value={profile.id}
        allowDeselect={false}
        onChange={(id) => draft.set({ relay: id === unknownRelay.id ? undefined : (id ?? undefined) })}
      />
      {profile.rated !== undefined && (
        <Text size="sm">
          {t("relay.rated", {
            dc: `${profile.rated.dc.volts} V ${profile.rated.dc.amps} A`,
            ac: `${profile.rated.ac.volts} V ${profile.rated.ac.amps} A`,
          })}
        </Text>
      )}
      <LoadFields draft={draft} />
      <NumberInput
        label={t("field.pace")}
        description={t("help.pace")}
        placeholder={String(paceOf({ ...draft.value, paceS: undefined }))}
        suffix=" s"
        min={outputRanges.paceS[0]}
        max={outputRanges.paceS[1]}
        value={draft.value.paceS ?? ""}
        onChange={(value) => draft.set({ paceS: typeof value === "number" ? value : undefined })}
      />
      <Operations output={output} operations={operations} relay={savedRelay} />
    </Section>
  );
}

interface OperationsProps {
  readonly output: number;
  readonly operations: number | undefined;
  readonly relay: string | undefined;
}

function Operations({ output, operations, relay }: OperationsProps): ReactElement {
  const { t } = useTranslation("alarm-out");
  const format = useFormat();
  const replaced = useRelayReplaced(output);
  const profile = relayProfile(relay);
  const share = wornShare(profile, operations ?? 0);
  const press = () =>
    replaced.mutate(undefined, {
      onSuccess: () => tellDone(t("operations.replaced")),
      onError: (error) => tellFailure(t("operations.failed"), error),
    });
  return (
    <Group justify="space-between" gap="sm">
      <div style={{ flex: 1, minWidth: 200 }}>
        <Text size="sm" fw={600}>
          {t("operations.title")}
        </Text>
        <Text size="sm" data-operations={operations}>
          {operations === undefined
            ? t("operations.unknown")
            : share === undefined || profile.life === undefined
              ? t("operations.counted", { times: format.number(operations) })
              : t("operations.of", {
                  times: format.number(operations),
                  life: format.number(profile.life.electrical),
                  share: (share * 100).toFixed(share < 0.01 ? 2 : 0),
                })}
        </Text>
      </div>
      <Button variant="default" onClick={press} loading={replaced.isPending} disabled={(operations ?? 0) === 0}>
        {t("operations.press")}
      </Button>
    </Group>
  );
}
