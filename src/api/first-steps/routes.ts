import { firstStepsAnswer, firstStepsPatch } from "../../contract/first-steps.ts";
import { notice } from "../../contract/state.ts";
import { noMarks, stepsOf } from "../../domain/first-steps.ts";
import { unnamedSite } from "../../domain/site-config.ts";
import type { App } from "../app-types.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";

/** How far the path of the first start has been walked, and what was skipped, so that it is found again. */
export function firstStepRoutes(app: App, deps: ApiDeps): void {
  const tags = ["system"];
  const response = { 200: firstStepsAnswer };
  const answer = async () => {
    const { site, channels, inputs } = await deps.reads.config();
    const book = site.firstSteps ?? noMarks;
    const tripped = (await deps.reads.receipts({ limit: 1 })).length > 0;
    const named = site.name !== unnamedSite;
    const steps = stepsOf(book, { named, channels: channels.length, inputs: inputs.length, tripped });
    return { steps, dismissed: book.dismissed, now: deps.clock.wall(), notice };
  };
  app.get(
    "/first-steps",
    {
      config: { needs: "configure" },
      schema: { tags, summary: "Read which steps of the first start are done, skipped or open", response },
    },
    answer,
  );
  app.patch(
    "/first-steps",
    {
      config: { needs: "configure" },
      schema: {
        tags,
        summary: "Mark a step of the first start, or put the list away",
        description: "A step whose thing is there (a camera, an input that was tripped) is done whatever is said.",
        body: firstStepsPatch,
        response,
      },
    },
    async (request) => {
      const { dismissed, ...marks } = request.body;
      await changeSite(deps, request.login, (site) => {
        const old = site.firstSteps ?? noMarks;
        const firstSteps = { marks: { ...old.marks, ...marks }, dismissed: dismissed ?? old.dismissed };
        return { ...site, firstSteps };
      });
      return answer();
    },
  );
}
