import { channelBody, channelBodyOf, channelRow } from "../../contract/channel.ts";
import { numberParams, without } from "../../contract/common.ts";
import { copyRecordingBody, recordingCopied, type CopiedRecording } from "../../contract/recording.ts";
import type { ChannelSettings } from "../../domain/site-config.ts";
import { unsealSite } from "../../store/secrets.ts";
import type { App } from "../app-types.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** How one camera records, onto others. */
export function copyRecordingRoute(app: App, deps: ApiDeps): void {
  app.post(
    "/channels/:id/copy-recording",
    {
      config: { needs: "configure", errors: ["not-found"] },
      schema: {
        tags: ["cameras"],
        summary: "Copy how a camera records to others",
        description: "To all that are named or, when one of them can't take it, to none.",
        params: numberParams,
        body: copyRecordingBody,
        response: { 200: recordingCopied },
      },
    },
    async (request) => {
      const { to, what } = request.body;
      const rows = unsealSite(deps.sealer, await deps.reads.config()).channels;
      const find = (id: number) =>
        rows.find((row) => row.channel === id) ?? fail("not-found", `There is no channel ${id}.`);
      const from = find(request.params.id);
      const targets = to.map(find);
      const changes = targets.map((row) => ({ part: "channel" as const, value: withRecordingOf(from, row, what) }));
      await askCore(deps, request.login, { kind: "put-all", changes });
      return { copied: targets.map(({ channel }) => channel) };
    },
  );
}

/** `target` with the named settings of `from`; what the one has not is taken from the other. */
function withRecordingOf(
  from: ChannelSettings,
  target: ChannelSettings,
  what: readonly CopiedRecording[],
): ChannelSettings {
  const copied = Object.fromEntries(what.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
  const body = channelBody.parse({ ...without(channelBodyOf(target), ...what), ...copied });
  return channelRow(body, target.channel);
}
