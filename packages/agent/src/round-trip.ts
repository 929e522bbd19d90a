/** How long the remote takes to answer: the unit in which agents let each other go first. */
const FIRST_GUESS_MS = 100;
const NEWEST_SHARE = 0.2;

export class RoundTrip {
  private averageMs = FIRST_GUESS_MS;

  get ms(): number {
    return this.averageMs;
  }

  async measure<Result>(act: () => Promise<Result>): Promise<Result> {
    const startedMs = performance.now();
    const result = await act();
    this.averageMs += (performance.now() - startedMs - this.averageMs) * NEWEST_SHARE;
    return result;
  }
}
