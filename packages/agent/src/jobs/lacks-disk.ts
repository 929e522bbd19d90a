/**
 * Whether as much is free for builds as a job asks for by `disk>=`. What an agent registers is the size of its disk, as that
 * stays; how much of it is free changes by the minute, and nobody but the agent itself knows it.
 */
import { type Agent, type Job, meets } from '@gityard/domain';
import { folderOnBuildDisk } from '../home/build-folder.ts';
import { freeDiskBytes } from '../machine.ts';

const GIGABYTE = 1e9;

/** Null: there is enough. Without the figure, which would have to be published whenever it moves. */
export async function lacksDisk(home: string, { capabilities }: Agent, job: Job): Promise<string | null> {
  const asked = job.requires.filter((it) => /^disk>/i.test(it));
  if (asked.length === 0) return null;
  const diskGB = (await freeDiskBytes(await folderOnBuildDisk(home))) / GIGABYTE;
  const lacking = asked.find((it) => !meets({ ...capabilities, diskGB }, it));
  return lacking === undefined ? null : `has not that much of its disk free now: ${lacking}`;
}
