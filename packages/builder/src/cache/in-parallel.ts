/** Does something with each of many, a few at a time. The first failure ends it, when those under way are over. */
export async function inParallel<T>(items: Iterable<T>, few: number, act: (item: T) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  let failed = false;
  const work = async (): Promise<void> => {
    for (let next = waiting.next(); !failed && !next.done; next = waiting.next()) {
      await act(next.value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: few }, work));
  const failure = ends.find((it) => it.status === 'rejected');
  if (failure) throw failure.reason;
}
