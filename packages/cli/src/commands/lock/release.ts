/** Gives a lock back, or takes it from its holder, who then learns by the token that it is over. */
import { lockView } from '@gityard/domain';
import { answer, type Command, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { argument, option, wholeNumber } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';

const name = argument('name', 'the name of the lock');

export const release: Command = defineCommand({
  name: 'lock release',
  summary: 'give a lock back',
  example: 'gityard lock release deploy --token 7',
  acts: true,
  parameters: {
    name,
    token: wholeNumber('N', 'only while it is still held under this token', { minimum: 1 }),
    holder: option('name', 'who holds it; else the agent'),
  },
  run: async (context, args) => {
    const holder = args.holder ?? (await context.identity()).id;
    const input = { name: args.name, holder, token: args.token ?? null };
    return act(context, 'release', input, ({ result }) =>
      answer(lockView(result), () => [line('lock ', result.name, ` is released by ${holder}`)]),
    );
  },
});

export const breakIt: Command = defineCommand({
  name: 'lock break',
  summary: 'take a lock from its holder',
  details: 'Needs a --reason, which stays in the history.',
  example: 'gityard lock break deploy --reason "build1 burned down"',
  acts: true,
  parameters: { name },
  run: async (context, args) => {
    const { reason } = context;
    if (reason === null) throw usageError('--reason is missing', 'say why with --reason <text>: the holder will ask');
    const { id: by } = await context.identity();
    const input = { name: args.name, by, reason };
    return act(context, 'break', input, ({ result }) =>
      answer(lockView(result), () => [line('lock ', result.name, ' is free')]),
    );
  },
});
