import { connect } from "node:net";
import type { DetectionAsk, DetectionLook } from "../../messages/detection.ts";
import { linesOver } from "../../platform/lines.ts";
import type { LookSource } from "./ports.ts";

/** Reads what the detection process shows on its own socket; a connection a viewer. */
export const lookSource = (socketPath: string): LookSource => ({
  watch(channel, sink) {
    const socket = connect(socketPath);
    const lines = linesOver<DetectionLook, DetectionAsk>(socket);
    let over = false;
    lines.onMessage((message) => {
      if (!over) sink.look(message);
    });
    lines.onClose(() => {
      if (!over) sink.closed("the detection process is away");
      over = true;
    });
    socket.on("connect", () => lines.send({ watch: channel }));
    return {
      [Symbol.dispose]() {
        over = true;
        socket.destroy();
      },
    };
  },
});
