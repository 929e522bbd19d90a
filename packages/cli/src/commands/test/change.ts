/** Takes a test into quarantine for a time, or forgets it because it was mended. */
import { after, type State, testRows } from '@gityard/domain';
import { answer, type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { argument, duration, option } from '../../parameters.ts';
import { absoluteAddress } from '../../start/address.ts';
import { good, line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';

const name = argument('name', 'the full name of the test, as gityard job tests shows it');
const repo = option('url', 'the repository; may be left out where only one has such a test');
const FORTNIGHT_MS = 14 * 86_400_000;

export const quarantine: Command = defineCommand({
  name: 'test quarantine',
  summary: 'let builds succeed although a test fails',
  details:
    'A build whose only failures are tests in quarantine succeeds with a warning; they are counted all the same. That nothing else went wrong must be told by npm, dotnet or Maven itself: of make and of scripts nobody knows. It ends by itself, at the latest after 90 days.',
  example: 'gityard test quarantine Acme.ClockTests.Ticks --until 14d --reason "races with the timer, see #12"',
  acts: true,
  parameters: { name, repo, until: duration('time', 'for how long; else 14d') },
  run: async (context, args) => {
    const { reason } = context;
    if (reason === null) throw usageError('--reason is missing', 'say why with --reason <text>: it hides a failure');
    const repository = await repositoryOf(context, args);
    const until = after(context.now(), args.until ?? FORTNIGHT_MS);
    const { id: by } = await context.identity();
    return act(context, 'quarantine-test', { repository, name: args.name, until, by, reason }, ({ commit }) =>
      answer({ repository, name: args.name, quarantinedUntil: until, commit }, () => [
        line(good(args.name), ` is in quarantine until ${until}`),
      ]),
    );
  },
});

export const release: Command = defineCommand({
  name: 'test release',
  summary: 'take a test out of quarantine, and forget its past',
  example: 'gityard test release Acme.ClockTests.Ticks --reason "the timer is injected now"',
  acts: true,
  parameters: { name, repo },
  run: async (context, args) => {
    const repository = await repositoryOf(context, args);
    return act(context, 'release-test', { repository, name: args.name, reason: context.reason }, ({ commit }) =>
      answer({ repository, name: args.name, commit }, () => [
        line(good(args.name), ' counts again, its past is forgotten'),
      ]),
    );
  },
});

interface Named {
  readonly name: string;
  readonly repo: string | undefined;
}

async function repositoryOf(context: Context, { name: wanted, repo: given }: Named): Promise<string> {
  if (given !== undefined) return absoluteAddress(given, context.io.cwd);
  const found = repositoriesWith((await context.yard()).state, wanted, context.now());
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const many = `${found.length} repositories have a test ${wanted}`;
  throw usageError(
    found.length === 0 ? `no repository is known to have a test ${wanted}` : many,
    'name it with --repo <url>',
  );
}

const repositoriesWith = (state: State, wanted: string, now: string): string[] => [
  ...new Set(testRows(state, now).flatMap((it) => (it.name === wanted ? [it.repository] : []))),
];
