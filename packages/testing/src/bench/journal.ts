/** What one writer remembers of its operations: which were sent, which landed, and how long each took. */
export interface Journal {
  sent(id: string): void;
  landed(id: string): void;
  /** It is known not to be in the branch. */
  gaveUp(id: string): void;
  /** What is measured starts here; what is under way is left out of the latencies. */
  startMeasuring(): void;
  report(): JournalReport;
}

interface JournalReport {
  readonly landed: readonly string[];
  readonly open: readonly string[];
  readonly latenciesMs: readonly number[];
  readonly waitedMs: readonly number[];
}

export function createJournal(): Journal {
  const sentAt = new Map<string, number>();
  const landed: string[] = [];
  let latenciesMs: number[] = [];
  let waitedMs: number[] = [];

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
    report() {
      const stillWaitingMs = [...sentAt.values()].map((startedAt) => performance.now() - startedAt);
      return { landed, open: [...sentAt.keys()], latenciesMs, waitedMs: [...waitedMs, ...stillWaitingMs] };
    },
  };
}
