/** Notices silence: says `late` after a while, and gives up after twice as long. Every contact starts the wait anew. */

export interface Watching {
  readonly lateAfterMs: number;
  readonly onLate: () => void;
  readonly onSilence: () => void;
}

export interface Watchdog {
  contact(): 'in-time' | 'was-late';
  stop(): void;
}

export function createWatchdog({ lateAfterMs, onLate, onSilence }: Watching): Watchdog {
  let late = false;
  let timer = setTimeout(becomeLate, lateAfterMs);

  function becomeLate(): void {
    late = true;
    timer = setTimeout(onSilence, lateAfterMs);
    onLate();
  }

  return {
    contact() {
      const answer = late ? 'was-late' : 'in-time';
      clearTimeout(timer);
      late = false;
      timer = setTimeout(becomeLate, lateAfterMs);
      return answer;
    },
    stop: () => clearTimeout(timer),
  };
}
