/** Every setting with its value and where that is from. Tokens are named, never shown. */
import { validate, type YardConfig } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { logSettings } from '../../log/settings.ts';
import { sshKeySetting } from '../../start/access.ts';
import { withoutSecrets } from '../../start/address.ts';
import { signingKeySetting } from '../../start/signing-key.ts';
import { homePath, userConfigPath } from '../../start/user-config.ts';
import { table } from '../../text/table.ts';

interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly source: string;
}

export const command = defineCommand({
  name: 'config show',
  summary: 'every setting, and where its value is from',
  example: 'gityard config show --json',
  parameters: {},
  run: async (context) => {
    const rows = [...(await localRows(context)), ...(await yardRows(context))];
    const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
    return answer(rows, () =>
      table({ heads: ['setting', 'value', 'from'], rows: rows.map((it) => [it.name, text(it.value), it.source]) }),
    );
  },
});

async function localRows(context: Context): Promise<Row[]> {
  const { env } = context.io;
  const [identity, refs, yard] = await Promise.all([context.identity(), context.refs(), addressRow(context)]);
  const logs = logSettings({}, { env, cwd: context.io.cwd, files: await context.localConfigs() });
  const variable = (name: string): Row => ({
    name,
    value: env[name] ? 'set' : 'not set',
    source: env[name] ? 'environment' : 'default',
  });
  return [
    yard,
    { name: 'agent', value: identity.id, source: identity.source },
    { name: 'home', value: homePath(env), source: env.GITYARD_HOME ? 'environment GITYARD_HOME' : 'default' },
    {
      name: 'user config',
      value: userConfigPath(env),
      source: env.XDG_CONFIG_HOME ? 'environment XDG_CONFIG_HOME' : 'default',
    },
    ...Object.entries(refs).map(([name, it]) => ({ name: `refs.${name}`, value: it.value, source: it.source })),
    { name: 'sshKey', ...sshKeySetting({ env, cwd: context.io.cwd, files: await context.localConfigs() }) },
    { name: 'signingKey', ...signingKeySetting(env, await context.localConfigs()) },
    variable('GITYARD_METRICS_FILE'),
    ...Object.entries(logs).map(([name, it]) => ({
      name: `log.${name}`,
      value: it.value ?? 'stderr',
      source: it.source,
    })),
    variable('GITYARD_RELAY_KEY'),
    variable('GITYARD_TOKEN'),
    variable('GITYARD_TOKEN_FILE'),
    variable('GITHUB_TOKEN'),
  ];
}

/** Without a yard the rest is still worth showing. */
async function addressRow(context: Context): Promise<Row> {
  try {
    const { address, source } = await context.yardAddress();
    return { name: 'yard', value: withoutSecrets(address), source };
  } catch (error) {
    if (error instanceof CliError && error.code === 'USAGE') return { name: 'yard', value: null, source: 'default' };
    throw error;
  }
}

async function yardRows(context: Context): Promise<Row[]> {
  const { value: known } = await addressRow(context);
  if (known === null) return [];
  const { state } = await context.yard();
  const defaults = validate('yard', {});
  const byDefault = flat(defaults.ok ? defaults.value : state.yard);
  return [...flat(state.yard)].map(([name, value]) => {
    const same = JSON.stringify(value) === JSON.stringify(byDefault.get(name));
    return { name, value, source: same ? 'default' : 'yard.json' };
  });
}

/** `heartbeat.intervalSeconds` and so on; lists and the maps of roles stay whole. */
function flat(config: YardConfig): Map<string, unknown> {
  const isGroup = (name: string, value: unknown): value is object =>
    name !== 'roles' && typeof value === 'object' && value !== null && !Array.isArray(value);
  const rows = Object.entries(config).flatMap(([name, value]): [string, unknown][] =>
    isGroup(name, value)
      ? Object.entries(value).map(([key, it]): [string, unknown] => [`${name}.${key}`, it])
      : [[name, value]],
  );
  return new Map(rows.filter(([name]) => name !== '$schema'));
}
