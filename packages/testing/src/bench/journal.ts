/** What one writer remembers of its operations: which were sent, which landed, and how long each took. */
export interface Journal {
  sent(id: string): void;
  landed(id: string): void;
  /** It is known not to be in the branch. */
  gaveUp(id: string): void;
  /** What is answered from here on is measured, whenever it was sent. */
  startMeasuring(): void;
  /** What is answered later has its latency, but adds nothing to what was landed in time. */
  stopMeasuring(): void;
  report(): JournalReport;
}

interface JournalReport {
  readonly landed: readonly string[];
  readonly open: readonly string[];
  readonly landedInTime: number;
  readonly latenciesMs: readonly number[];
  readonly waitedMs: readonly number[];
}

export function createJournal(): Journal {
  const sentAt = new Map<string, number>();
  const landed: string[] = [];
  let latenciesMs: number[] = [];
  let waitedMs: number[] = [];
  let landedInTime = 0;

  function settle(id: string): number {
    const startedAt = sentAt.get(id) ?? Number.NaN;
    sentAt.delete(id);
    return performance.now() - startedAt;
  }

  return {
    sent: (id) => void sentAt.set(id, performance.now()),
    landed(id) {
      landed.push(id);
      latenciesMs.push(settle(id));
    },
    gaveUp: (id) => void waitedMs.push(settle(id)),
    startMeasuring() {
      latenciesMs = [];
      waitedMs = [];
    },
    stopMeasuring() {
      landedInTime = latenciesMs.length;
    },
    report() {
      const stillWaitingMs = [...sentAt.values()].map((startedAt) => performance.now() - startedAt);
      const allWaitedMs = [...waitedMs, ...stillWaitingMs];
      return { landed, open: [...sentAt.keys()], landedInTime, latenciesMs, waitedMs: allWaitedMs };
    },
  };
}
