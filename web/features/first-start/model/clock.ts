/** A look at the server's clock: when it was asked, what it said, when the answer was there (this device's clock, ms). */
export interface ClockLook {
  readonly askedAt: number;
  readonly serverSaid: number;
  readonly answeredAt: number;
}

/** How far the server's clock is ahead of this device's, ms; half the way of the question is taken for the answer's. */
export const clockAhead = ({ askedAt, serverSaid, answeredAt }: ClockLook): number =>
  serverSaid - (askedAt + answeredAt) / 2;

/** Beyond this, times on footage are worth a look at both clocks, ms. */
export const noticeableMs = 2000;

export const clocksAgree = (aheadMs: number): boolean => Math.abs(aheadMs) < noticeableMs;
