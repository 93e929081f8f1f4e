import { Box, Center, Group, Loader, Paper, Stack, Text } from "@mantine/core";
import { Navigate, useSearch } from "@tanstack/react-router";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { startEventStream } from "../../shared/event-stream.ts";
import { LookMenu } from "../../shared/ui/look-menu.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { useFirstSteps, useSetup } from "./api/first-start.ts";
import { AdministratorStep } from "./components/administrator-step.tsx";
import { SetUpSteps } from "./components/set-up-steps.tsx";
import { StepList } from "./components/step-list.tsx";
import { useGoTo } from "./components/use-go-to.ts";

/** The first start: five steps from nothing to an alarm that was seen. Each may be skipped and is found again. */
export default function Page(): ReactElement {
  const { t } = useTranslation("first-start");
  const setup = useSetup();
  return (
    <Stack component="main" mih="100vh" align="center" p={{ base: "sm", sm: "xl" }} gap="md">
      <Group w="100%" maw={760} justify="space-between">
        <Group gap="xs">
          <img src="/reed.svg" width={28} height={28} alt="" />
          <Text fw={600}>Reed</Text>
        </Group>
        <LookMenu />
      </Group>
      <Paper withBorder p={{ base: "md", sm: "xl" }} w="100%" maw={760}>
        {setup.error !== null ? (
          <ErrorNote error={setup.error} onRetry={() => void setup.refetch()} />
        ) : setup.data === undefined ? (
          <Waiting />
        ) : setup.data.administrator ? (
          <LoggedIn />
        ) : (
          <First needsToken={setup.data.needs === "token"} onDone={() => setup.refetch()} />
        )}
      </Paper>
      <Box maw={760}>
        <Text size="xs" c="dimmed" ta="center">
          {t("notice")}
        </Text>
      </Box>
    </Stack>
  );
}

function Waiting(): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <Center mih={320}>
      <Loader role="img" aria-label={t("loading")} />
    </Center>
  );
}

function First({ needsToken, onDone }: { needsToken: boolean; onDone: () => Promise<unknown> }): ReactElement {
  const { token } = useSearch({ from: "/setup" });
  const goTo = useGoTo();
  const created = async () => {
    // the token is spent: it leaves the address, so that nobody wonders about it
    await goTo("site");
    await onDone();
  };
  return (
    <Stack gap="lg">
      <StepList current="administrator" states={[]} />
      <AdministratorStep token={token} tokenMissing={needsToken && token === undefined} onDone={() => void created()} />
    </Stack>
  );
}

/** Somebody may log in already: then it is only for who is logged in, and who may configure. */
function LoggedIn(): ReactElement {
  const { step } = useSearch({ from: "/setup" });
  const steps = useFirstSteps();
  const here = steps.data !== undefined;
  useEffect(() => (here ? startEventStream() : undefined), [here]);
  if (steps.error !== null && "status" in steps.error && steps.error.status === 401) {
    return <Navigate to="/login" search={{ next: step === undefined ? "/setup" : `/setup?step=${step}` }} replace />;
  }
  if (steps.error !== null) return <ErrorNote error={steps.error} onRetry={() => void steps.refetch()} />;
  if (steps.data === undefined) return <Waiting />;
  return <SetUpSteps asked={step} states={steps.data.steps} aheadMs={steps.data.aheadMs} />;
}
