/** The same work on each of many, a few at a time, since both a browser and a host bear only so much at once. */

const AT_ONCE = 8;

/** In the order in which they came. The first failure ends it. */
export async function inTurns<T, R>(all: readonly T[], work: (it: T) => Promise<R>): Promise<R[]> {
  const done: R[] = new Array(all.length);
  const rest = all.entries();
  let hasFailed = false;
  const worker = async (): Promise<void> => {
    for (const [index, it] of rest) {
      if (hasFailed) return;
      done[index] = await work(it);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, worker);
  await Promise.all(workers).catch((error: unknown) => {
    hasFailed = true;
    throw error;
  });
  return done;
}
