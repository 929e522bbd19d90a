/** Begins a structured log for a script, and prints the id under which it goes on. */
import { idFrom } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { createBook } from '../../logbook/book.ts';
import { forgetOld } from '../../logbook/housekeeping.ts';
import { argument } from '../../parameters.ts';
import { homePath } from '../../start/user-config.ts';
import { line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'logbook init',
  summary: 'begin a structured log for a script, and print its id',
  details:
    'The job need not be one of the yard. The log is kept on this machine until gityard logbook finalize puts it into the ' +
    'yard, as <agent>/logs/<id>.json and .md.',
  example: 'gityard logbook init nightly main 4f5e6d7',
  parameters: {
    job: argument('job', 'what is done: the id of a job, or any name'),
    branch: argument('branch', 'the branch'),
    commit: argument('commit', 'the commit'),
  },
  async run({ io, identity }, { job, branch, commit }) {
    for (const word of [job, branch, commit])
      if (word.length > 255) throw usageError(`${word.slice(0, 40)}… is too long`, 'give at most 255 characters');
    const home = homePath(io.env);
    const { id: agent } = await identity();
    await forgetOld(home);
    for (let atMs = Date.now(); ; atMs += 1000) {
      const startedAt = new Date().toISOString();
      const id = `${idFrom(job)}_${stampOf(new Date(atMs))}`;
      const head = { id, job, branch, commit, agent, startedAt };
      if (await createBook(home, head)) return answer(head, () => [line(id)]);
    }
  },
});

/** 2025-11-13T10:20:30.400Z → 20251113T102030Z, as in the names of build logs, so that they sort together. */
const stampOf = (time: Date): string => `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
