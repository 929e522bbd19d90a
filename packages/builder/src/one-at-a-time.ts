/** Lets callers with the same key wait for each other: two builds of one repository share one mirror, two jobs one file. */
const lines = new Map<string, Promise<unknown>>();

export async function oneAtATime<T>(key: string, act: () => Promise<T>): Promise<T> {
  const mine = (lines.get(key) ?? Promise.resolve()).then(act);
  // Whoever comes next waits for our end and does not care how it was.
  const over = mine.catch(() => undefined);
  lines.set(key, over);
  try {
    return await mine;
  } finally {
    if (lines.get(key) === over) lines.delete(key);
  }
}
