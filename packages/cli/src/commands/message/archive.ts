/** Puts messages that are over into the archive now; agents do so by themselves, every hour. */
import { DAY_MS } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { wholeNumber } from '../../parameters.ts';
import { dim, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';
import { performed } from '../../yard/act.ts';

export const command = defineCommand({
  name: 'message archive',
  summary: 'put messages that are over into the archive',
  details:
    'What means nothing any more goes at once; what is older than the days when all have read it. The archive is searched with message search --archived.',
  example: 'gityard message archive --days 30',
  acts: true,
  parameters: { days: wholeNumber('N', 'days that a message stays; else retention.messagesDays of yard.json') },
  run: async (context, { days }) => {
    const yard = await context.yard();
    const messagesDays = days ?? yard.state.yard.retention.messagesDays;
    const archived: string[] = [];
    for (;;) {
      const outcome = await performed(context, 'archive', { messagesDays });
      if (!outcome.ok && outcome.code !== 'NOTHING_TO_DO') return outcome;
      if (!outcome.ok) break;
      archived.push(...outcome.result.messages);
      // Nothing is done, so the next look would find the same.
      if (context.flags.dryRun) break;
    }
    const limit = Date.parse(context.now()) - messagesDays * DAY_MS;
    const gone = new Set(archived);
    const old = [...yard.state.messages].filter((it) => Date.parse(it.sentAt) < limit && !gone.has(it.id));
    const { dryRun } = context.flags;
    const value = { dryRun, days: messagesDays, archived, unread: old.map((it) => it.id) };
    return answer(value, () => [
      line(`${plural(archived.length, 'message')} ${dryRun ? 'would go' : 'went'} into the archive`),
      ...(old.length === 0 ? [] : [line(dim(`${plural(old.length, 'older one')} wait to be read`))]),
    ]);
  },
});
