/** `gityard agent install`: this machine keeps an agent going, from its start on. Changes the machine, never the yard. */
import { resolve } from 'node:path';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { LOG_FLAGS } from '../../log/settings.ts';
import { type ArgumentsOf, duration, flag, list, oneOf, option, wholeNumber } from '../../parameters.ts';
import type { Found } from '../../services/find-facts.ts';
import type { InstallResult } from '../../services/perform/install.ts';
import { SERVICES } from '../../services/plan.ts';
import { installedLines, shownStep } from '../../services/shown.ts';

const { logFormat, logLevel } = LOG_FLAGS;

const parameters = {
  with: oneOf(SERVICES, 'what keeps it going; else what this machine has'),
  interval: wholeNumber('seconds', 'how soon one that ended is started again (60)', { minimum: 1, maximum: 2_678_400 }),
  scope: oneOf(['system', 'user'], 'for the whole machine, which root installs, or for you alone; else by who you are'),
  user: option('name', 'the account that it runs as (gityard, made for it)'),
  id: option('id', 'of the agent; one machine may have several (as --agent)'),
  home: option('folder', 'what it keeps, GITYARD_HOME (/var/lib/gityard/<id>)'),
  drain: duration('time', 'how long what runs may go on once it is told to stop; else 10m'),
  tokenFile: option('file', 'where the token of the yard is'),
  sshKey: option('file', 'where the private key for a yard behind ssh is'),
  slots: wholeNumber('n', 'of agent run: builds at once (1)', { minimum: 1 }),
  pool: option('name', 'of agent run: the pool that it belongs to'),
  labels: list('a,b', 'of agent run: what jobs may ask for'),
  keepFailed: flag('of agent run: keep the workspace of every build that fails'),
  metricsFile: option('path', 'of agent run: where its numbers go'),
  logFormat,
  logLevel,
  force: flag('replace what a person changed, or had there before'),
  dryRun: flag('print every file and command, and touch nothing'),
};
type Given = ArgumentsOf<typeof parameters>;

export const command = defineCommand({
  name: 'agent install',
  summary: 'keep an agent going on this machine, from its start on',
  details:
    'Writes a unit of systemd, lines for cron, a job of launchd or a task of Windows, and starts it. A second time there is ' +
    'nothing to do; with other flags, that is changed. gityard agent uninstall takes it away.',
  example: 'gityard agent install --yard https://git.example.com/yard.git --slots 2 --dry-run',
  parameters,
  async run(context, given) {
    const { checkRights, checkTools, findFacts } = await import('../../services/find-facts.ts');
    const found = await findFacts(named(context, given.id), wantedFrom(given, context));
    if (!given.dryRun) {
      checkRights(found.facts.scope);
      await checkTools(found.service);
    }
    const { sandboxNote } = await import('../../services/sandbox-note.ts');
    const note = await sandboxNote(found.facts.home);
    const warnings = note === null ? found.warnings : [...found.warnings, note];
    return replyFrom({ ...found, warnings }, await installed(found, given), given);
  },
});

/** `--id` and `--agent` are one thing; the first is what a person says of a service. */
function named(context: Context, id: string | undefined): Context {
  if (id === undefined) return context;
  const identity = async () => {
    const { checkedName } = await import('../../start/identity.ts');
    return { id: checkedName(id, '--id'), source: 'flag' };
  };
  return { ...context, identity };
}

async function installed({ service, facts }: Found, { dryRun, force }: Given): Promise<InstallResult> {
  const [{ serviceOf }, { install }, { manifestPath }] = await Promise.all([
    import('../../services/list.ts'),
    import('../../services/perform/install.ts'),
    import('../../services/perform/manifest.ts'),
  ]);
  const { id, scope, user, uid, home, program, flags, userHome, path, tokenFile, sshKey } = facts;
  return install({
    service,
    installed: { id, scope, user, uid },
    home,
    script: program[1],
    daemon: { flags, userHome, path, tokenFile, sshKey },
    plan: serviceOf(service).plan(facts),
    manifest: manifestPath(facts.folders.config, id),
    dryRun,
    force,
  });
}

function wantedFrom(given: Given, { flags, io }: Context) {
  const { interval = 60, drain = 600_000, labels, slots } = given;
  const words: readonly (readonly [string, string | undefined])[] = [
    ['--refs-state', flags.refsState],
    ['--refs-live', flags.refsLive],
    ['--refs-logs', flags.refsLogs],
    ['--slots', slots === undefined ? undefined : String(slots)],
    ['--pool', given.pool],
    ['--labels', labels.length === 0 ? undefined : labels.join(',')],
    ['--metrics-file', given.metricsFile === undefined ? undefined : resolve(io.cwd, given.metricsFile)],
    ['--log-format', given.logFormat],
    ['--log-level', given.logLevel],
  ];
  const { scope, user, home, tokenFile, sshKey } = given;
  return {
    ...{ with: given.with, scope, user, home, tokenFile, sshKey },
    intervalSeconds: interval,
    drainSeconds: Math.ceil(drain / 1000),
    flags: [
      ...words.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
      ...(given.keepFailed ? ['--keep-failed'] : []),
    ],
  };
}

function replyFrom({ service, facts, warnings }: Found, result: InstallResult, { dryRun }: Given): Reply {
  const { id, scope, user, home, intervalSeconds } = facts;
  const notes = [...warnings, ...result.notes];
  const value = {
    ...{ agent: id, with: service, scope, user, home, intervalSeconds, dryRun, changed: result.changed },
    steps: result.steps.map(shownStep),
    notes,
  };
  return answer(value, () => installedLines({ ...value, result }));
}
