/** Hands in what waits on this machine, now; and forgets what a person has seen was refused. */
import { mayHoldSomething } from '@gityard/yard';
import { answer, type Command, defineCommand } from '../../command.ts';
import { good, line, warn } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';
import { placeOfSpool, spoolAt } from '../../yard/spool.ts';
import { openSpools } from '../../yard/spool-rows.ts';

export const flush: Command = defineCommand({
  name: 'spool flush',
  summary: 'hand in what waits for this yard, now',
  details: 'Exits 5 when the remote is still away, and 1 when something was refused.',
  example: 'gityard spool flush --yard https://git.example.org/acme/yard.git',
  parameters: {},
  run: async (context) => {
    const place = await placeOfSpool(context);
    if (!(await mayHoldSomething(place)))
      return answer({ committed: 0, refused: [], waiting: 0 }, () => [[good('nothing waits')]]);
    const spool = await spoolAt(context, place);
    const before = { waiting: await spool.count(), refused: new Set((await spool.refused()).map((it) => it.id)) };
    // Opening the yard hands in what a moment allows.
    await spool.replay(await context.yard());
    const refused = (await spool.refused()).filter((it) => !before.refused.has(it.id));
    const waiting = await spool.count();
    const committed = Math.max(0, before.waiting - waiting - refused.length);
    const exitCode = refused.length > 0 ? 1 : 0;
    const held = spool.held ? `: ${spool.held.reason}` : '';
    return answer(
      { committed, refused, waiting },
      () => [
        line(good(plural(committed, 'operation')), ' handed in'),
        ...refused.map((it) => line(warn('refused '), it.name, ' ', it.about, `: ${it.reason}`)),
        ...(waiting > 0
          ? [line(plural(waiting, 'operation'), ` still ${waiting === 1 ? 'waits' : 'wait'}${held}`)]
          : []),
      ],
      exitCode,
    );
  },
});

export const clear: Command = defineCommand({
  name: 'spool clear',
  summary: 'forget what was refused, once it was seen',
  details: 'What waits goes on waiting.',
  example: 'gityard spool clear',
  parameters: {},
  run: async (context) => {
    let cleared = 0;
    for (const spool of await openSpools(context)) {
      cleared += (await spool.refused()).length;
      await spool.forgetRefused();
    }
    return answer({ cleared }, () => [line(plural(cleared, 'refusal'), cleared === 1 ? ' is' : ' are', ' forgotten')]);
  },
});
