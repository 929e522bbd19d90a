/** A moment of the past as people write it: a commit, `HEAD~3`, a time, or how long ago. Knows no history. */
import { isBefore, type Time, toMs, toTime } from '@gityard/domain';
import type { When } from '@gityard/yard';
import { usageError } from '../errors.ts';
import { readDuration } from '../read-words.ts';

export const WHEN = 'time|commit|HEAD~n';
export const WHEN_SUMMARY = 'a time (2026-03-01T14:03Z), how long ago (2h), a state commit or HEAD~n';

export function readWhen(word: string, now: Time): When {
  const back = /^(?:HEAD)?(?:~(\d{1,9}))?$/.exec(word);
  if (back && word !== '') return { back: Number(back[1] ?? 0) };
  // Four digits and a "d" may also begin a commit; nobody looks a thousand days back.
  if (/^\d{1,3}[smhd]$/.test(word)) return { time: toTime(toMs(now) - (readDuration(word, 'the time') ?? 0)) };
  if (/^[0-9a-f]{4,64}$/i.test(word)) return { commit: word };
  const time = timeIn(word);
  if (time === undefined)
    throw usageError(`${word} is neither a time nor a commit`, `write ${WHEN_SUMMARY}; times without a zone are UTC`);
  if (isBefore(now, time)) throw usageError(`${word} is yet to come`, 'ask for a time that is over');
  return { time };
}

/** The same where only a time makes sense. */
export function readTime(word: string, now: Time): Time {
  const when = readWhen(word, now);
  if ('time' in when) return when.time;
  throw usageError(`${word} is no time`, 'write a time (2026-03-01T14:03Z) or how long ago (30d)');
}

/** Without a zone it is UTC, as everything that the program prints. */
function timeIn(word: string): Time | undefined {
  const [, date, clock, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(word) ?? [];
  const ms = Date.parse(`${date}T${clock ?? '00:00'}${clock === undefined ? 'Z' : zone}`);
  return Number.isNaN(ms) ? undefined : toTime(ms);
}
