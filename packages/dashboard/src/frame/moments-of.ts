/** Where one may stop on the way through a day. */
import type { StopInTime } from '../worker/past/moments.ts';
import type { YardOfPage } from '../yard/yard.ts';

/** Of one day (`2026-03-01`, by UTC), the earliest first. */
export async function momentsOf(
  { ask }: Pick<YardOfPage, 'ask'>,
  day: string,
  signal: AbortSignal,
): Promise<readonly StopInTime[]> {
  const moments = await ask('moments', { day }, signal);
  return [...moments].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
