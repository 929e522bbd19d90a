/** Names of secrets, where they are kept and who can read them. Values are read only to say whether that works; none is shown. */
import { SecretError, secretSources } from '@gityard/agent';
import { type Secret, type State, secretIdOf } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { homePath } from '../../start/user-config.ts';
import { dim } from '../../text/lines.ts';
import { table } from '../../text/table.ts';

interface Row {
  readonly name: string;
  /** Where it is kept, as far as this machine sees: the first one gives the value. */
  readonly from: readonly string[];
  readonly recipients: readonly { readonly agent: string | null; readonly key: string; readonly current: boolean }[];
  readonly setAt: string | null;
  readonly setBy: string | null;
  readonly readableHere: boolean;
  readonly problem: string | null;
}

export const command = defineCommand({
  name: 'secrets list',
  summary: 'which secrets there are, and who can read them',
  details: 'Those of the yard, and those that the agent of this machine keeps. It never shows a value.',
  example: 'gityard secrets list',
  parameters: {},
  async run(context) {
    const state = await context.look();
    const { env } = context.io;
    const sources = secretSources({ home: homePath(env), environment: env, secrets: () => state.secrets });
    const listed = await Promise.all(sources.map(async (it) => ({ source: it, names: await it.list() })));
    const names = [...new Set(listed.flatMap((it) => it.names))].sort();
    const rows = await Promise.all(
      names.map(async (name): Promise<Row> => {
        const places = listed.filter((it) => it.names.includes(name)).map((it) => it.source);
        const problem = await problemOf(async () => places[0]?.read(name));
        const secret = state.secrets.get(secretIdOf(name));
        const from = places.map((it) => it.name);
        return { name, from, ...sealedFor(state, secret), readableHere: problem === null, problem };
      }),
    );
    return answer(rows, () =>
      rows.length === 0
        ? [[dim('no secrets')]]
        : table({ heads: ['secret', 'kept in', 'sealed for', 'here'], rows: rows.map(cells) }),
    );
  },
});

function sealedFor({ agents }: State, secret: Secret | undefined): Pick<Row, 'recipients' | 'setAt' | 'setBy'> {
  const recipients = (secret?.recipients ?? []).map(({ agent, key }) => ({
    agent,
    key,
    current: agent === null || agents.get(agent)?.ageRecipient === key,
  }));
  return { recipients, setAt: secret?.setAt ?? null, setBy: secret?.setBy ?? null };
}

async function problemOf(read: () => Promise<unknown>): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (error instanceof SecretError) return error.message;
    throw error;
  }
}

function cells({ name, from, recipients, readableHere, problem }: Row): string[] {
  const who = recipients.map(
    ({ agent, key, current }) => `${agent ?? `${key.slice(0, 12)}…`}${current ? '' : ' (old key)'}`,
  );
  return [name, from.join(', '), who.join(', '), readableHere ? 'readable' : (problem ?? '')];
}
