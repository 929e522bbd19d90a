/** Which broken files somebody has to judge, and which records of judged ones have had their time. */
import { type QuarantinedFile, quarantineIdOf } from '../entities/quarantined-file.ts';
import type { BrokenFile, State } from '../state.ts';
import { after, isBefore, type Time } from '../time.ts';

const DAY_MS = 86_400_000;

/** A file of a newer program is not broken for everybody, and where nothing can stand there is nothing to judge. */
export const unjudgedFiles = ({ broken, quarantine }: State): readonly BrokenFile[] =>
  [...broken].filter((file) => {
    if (file.code === 'NEWER_SCHEMA' || !file.past) return false;
    return file.past.restorable || !quarantine.has(quarantineIdOf(file));
  });

/** Records of files that were mended where they lay, and of restored ones that nobody cleared for as long as a finished job is kept. */
export const overdueInQuarantine = ({ broken, quarantine, yard }: State, now: Time): readonly QuarantinedFile[] =>
  [...quarantine].filter(({ path, blob, restored, quarantinedAt }) => {
    if (broken.get(path)?.blob === blob) return false;
    return !restored || isBefore(after(quarantinedAt, yard.retention.finishedJobsDays * DAY_MS), now);
  });
