/** Closes a logbook and puts it into the yard; while the remote is away it is kept, and goes there later. */
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { close, readBook } from '../../logbook/book.ts';
import type { Final } from '../../logbook/entry.ts';
import { filesOf, handIn } from '../../logbook/hand-in.ts';
import { argument } from '../../parameters.ts';
import { homePath } from '../../start/user-config.ts';
import { good, line } from '../../text/lines.ts';
import { statusSpan } from '../../text/words.ts';
import { placeOfSpool } from '../../yard/spool.ts';

/** Scripts say it in many words. */
const STATUSES: Readonly<Record<string, Final['status']>> = {
  succeeded: 'succeeded',
  success: 'succeeded',
  completed: 'succeeded',
  ok: 'succeeded',
  failed: 'failed',
  failure: 'failed',
  error: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  aborted: 'cancelled',
};

export const command = defineCommand({
  name: 'logbook finalize',
  summary: 'close a logbook and put it into the yard',
  details:
    'Nothing can be written into it afterwards. Closing it again in the same way hands it in again and changes nothing.',
  example: 'gityard logbook finalize nightly_20251113T102030Z succeeded 0',
  acts: true,
  parameters: {
    log: argument('log', 'the id that init printed'),
    status: argument('status', 'succeeded, failed or cancelled'),
    exit: argument('exit', 'the exit code of what was logged'),
  },
  async run(context, { log, status: word, exit }) {
    const status = Object.hasOwn(STATUSES, word.toLowerCase()) ? STATUSES[word.toLowerCase()] : undefined;
    if (!status) throw usageError(`${word} is no end of a log`, 'give succeeded, failed or cancelled');
    if (!/^\d{1,10}$/.test(exit)) throw usageError(`${exit} is no exit code`, 'give a whole number, e.g. 0');
    if (status === 'succeeded' && Number(exit) !== 0)
      throw usageError(`what succeeded does not end with exit code ${exit}`, 'give failed, or the exit code 0');
    const home = homePath(context.io.env);
    const final = { status, exitCode: Number(exit), at: new Date().toISOString() };
    if (context.flags.dryRun) {
      await readBook(home, log);
      const files = (await filesOf(home, log)).map((it) => it.path);
      return answer({ dryRun: true, id: log, ...final, files }, () => [line(`would publish ${files.join(' and ')}`)]);
    }
    const { folder: yard } = await placeOfSpool(context);
    const closed = await close(home, log, { ...final, yard });
    const { files, published } = await handIn(context, log);
    const { status: end, exitCode, at } = closed;
    return answer({ id: log, status: end, exitCode, at, files, published, accepted: true }, () => [
      line(
        'log ',
        good(log),
        ' ',
        statusSpan(status),
        published ? ' is published' : ' is kept, and published when the remote answers',
      ),
    ]);
  },
});
