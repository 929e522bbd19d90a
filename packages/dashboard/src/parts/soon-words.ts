/** When something is expected, in words. An estimate that has passed is no promise that was broken. Pure. */
import { elapsedMs, type Time } from '@gityard/domain';
import { untilWords } from '../format.ts';

export const soonWords = (at: Time, now: Time): string => (elapsedMs(now, at) > 0 ? untilWords(at, now) : 'any moment');
