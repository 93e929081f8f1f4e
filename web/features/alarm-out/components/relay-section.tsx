import { Button, Group, NumberInput, Select, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { outputRanges } from "../../../../src/domain/output-settings.ts";
import {
  lifeOf,
  ownRelay,
  paceOf,
  relayProfile,
  relayProfiles,
  unknownRelay,
  wornShare,
  type RelayProfile,
} from "../../../../src/domain/relay-profile.ts";
import type { Draft } from "../../../shared/draft.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { useRelayReplaced } from "../api/outputs.ts";
import { withRelay, type OutputSettings } from "../model/settings.ts";
import { LoadFields } from "./load-fields.tsx";
import { RatingFields } from "./rating-fields.tsx";

interface RelayProps {
  readonly draft: Draft<OutputSettings>;
  readonly output: number;
  readonly operations: number | undefined;
  /** As it counts now, also while another is chosen here. */
  readonly saved: Pick<OutputSettings, "relay" | "ratings">;
}

/** What is known of its relay, what hangs on it, how its repeats are paced, and how often it operated. */
export function RelaySection({ draft, output, operations, saved }: RelayProps): ReactElement {
  const { t } = useTranslation("alarm-out");
  const profile = relayProfile(draft.value);
  const helped = unnamed[profile.id];
  return (
    <Section title={t("section.relay")}>
      <Select
        label={t("field.profile")}
        description={helped === undefined ? profile.source : t(`relay.${helped}Help`)}
        data={relayProfiles.map(({ id, title }) => {
          const key = unnamed[id];
          return { value: id, label: key === undefined ? title : t(`relay.${key}`) };
        })}
        value={profile.id}
        allowDeselect={false}
        onChange={(id) => draft.set(withRelay(draft.value, id ?? undefined))}
      />
      {profile.id === ownRelay.id && <RatingFields draft={draft} />}
      {profile.rated?.dc !== undefined && profile.rated.ac !== undefined && profile.id !== ownRelay.id && (
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
      <Operations output={output} operations={operations} profile={relayProfile(saved)} />
    </Section>
  );
}

/** Profiles without a maker's name, which have one in the message files. */
const unnamed: Readonly<Record<string, "unknown" | "own">> = { [unknownRelay.id]: "unknown", [ownRelay.id]: "own" };

interface OperationsProps {
  readonly output: number;
  readonly operations: number | undefined;
  readonly profile: RelayProfile;
}

function Operations({ output, operations, profile }: OperationsProps): ReactElement {
  const { t } = useTranslation("alarm-out");
  const format = useFormat();
  const replaced = useRelayReplaced(output);
  const life = lifeOf(profile);
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
            : share === undefined || life === undefined
              ? t("operations.counted", { times: format.number(operations) })
              : t("operations.of", {
                  times: format.number(operations),
                  life: format.number(life),
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
