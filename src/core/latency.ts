import type { Histogram, LatencyStats } from "../messages/api.ts";

/** Upper bounds in ms: fine around the targets (10 ms edge → command, 100 ms edge → durable), coarse above. */
const bounds = [0.25, 0.5, 1, 2, 5, 10, 20, 30, 50, 75, 100, 200, 500, 1000, 3000, 10_000] as const;

/** The way of an edge, a histogram a stage, since the start of this process. */
export interface LatencyBook {
  /** Its debounce was over → the engine had decided, ms. */
  edgeToDecision(ms: number): void;
  /** Edge reported by the driver → command handed to the board's connection, ms. */
  edgeToCommand(ms: number): void;
  /** Edge decided → everything up to it synced, ms. */
  edgeToDurable(ms: number): void;
  stats(): LatencyStats;
}

interface Counter {
  add(ms: number): void;
  read(): Histogram;
}

/** `counts[i]` are all observations up to `bounds[i]`, as Prometheus wants them; `count` has those beyond them too. */
function counter(): Counter {
  const counts = bounds.map(() => 0);
  let sum = 0;
  let count = 0;
  return {
    add(ms) {
      count++;
      sum += ms;
      bounds.forEach((bound, index) => {
        if (ms <= bound) counts[index] = (counts[index] ?? 0) + 1;
      });
    },
    read: () => ({ bounds, counts: [...counts], sum, count }),
  };
}

/** A new, empty book. */
export function latencyBook(): LatencyBook {
  const decision = counter();
  const command = counter();
  const durable = counter();
  return {
    edgeToDecision: (ms) => decision.add(Math.max(0, ms)),
    edgeToCommand: (ms) => command.add(Math.max(0, ms)),
    edgeToDurable: (ms) => durable.add(Math.max(0, ms)),
    stats: () => ({ edgeToDecision: decision.read(), edgeToCommand: command.read(), edgeToDurable: durable.read() }),
  };
}
