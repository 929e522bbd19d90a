/** What was done to keep an agent going, or would be, for people and for programs. */
import { shellWord } from '@gityard/domain';
import { bad, bold, dim, good, type Line, line, paragraph, warn } from '../text/lines.ts';
import type { DoneStep, InstallResult } from './perform/install.ts';
import type { UninstallResult } from './perform/uninstall.ts';
import type { Step } from './plan.ts';

export function shownStep({ step, effect }: DoneStep) {
  if (step.kind === 'command') return { kind: step.kind, effect, command: step.words };
  if (step.kind === 'crontab') return { kind: step.kind, effect, lines: step.lines };
  const mode = step.mode.toString(8);
  if (step.kind === 'folder') return { kind: step.kind, effect, path: step.path, mode, owner: step.owner ?? null };
  return { kind: step.kind, effect, path: step.path, mode, owner: step.owner ?? null, content: step.content };
}

interface Installed {
  readonly agent: string;
  readonly with: string;
  readonly scope: 'system' | 'user';
  readonly user: string;
  readonly home: string;
  readonly dryRun: boolean;
  readonly notes: readonly string[];
  readonly result: InstallResult;
}

export function installedLines({ agent, with: service, scope, user, home, dryRun, notes, result }: Installed): Line[] {
  if (!result.changed) return [line(`nothing to do: ${service} keeps agent ${agent} going already`)];
  const steps = result.steps.filter(({ step, effect }) => effect !== 'kept' || step.kind === 'folder');
  // A file of root's that nobody else may read would be no rule for the daemon, but the end of it.
  const asUser = scope === 'system' && process.platform !== 'win32' ? `sudo -u ${user} env ` : '';
  return [
    ...(dryRun
      ? steps.flatMap(wholeStep)
      : steps.filter(({ effect }) => effect !== 'kept').map((it) => line(good(wordOf(it)), ` ${nameOf(it.step)}`))),
    ...notes.map((it) => line(warn('note '), it)),
    line(dryRun ? `nothing was touched; ${service} would keep` : `${service} keeps`, ` agent `, bold(agent), ' going'),
    line(dim(`say what may run there: ${asUser}GITYARD_HOME=${shellWord(home)} gityard agent allow <url>`)),
  ];
}

const WORDS = { created: 'wrote   ', replaced: 'replaced', kept: 'folder  ', run: 'ran     ' } as const;
const wordOf = ({ effect }: DoneStep): string => WORDS[effect];

function nameOf(step: Step): string {
  if (step.kind === 'command') return commandText(step.words);
  return step.kind === 'crontab' ? 'your crontab' : step.path;
}

/** With all that would stand in it: whoever reads it sees what root is about to write. */
function wholeStep({ step, effect }: DoneStep): Line[] {
  if (step.kind === 'command') return [line(dim('$ '), commandText(step.words))];
  if (step.kind === 'folder')
    return [line(dim('folder '), `${step.path} (mode ${step.mode.toString(8)}${ownerText(step.owner)})`)];
  const content = step.kind === 'crontab' ? step.lines.join('\n') : step.content;
  const head =
    step.kind === 'crontab' ? 'your crontab' : `${step.path} (mode ${step.mode.toString(8)}${ownerText(step.owner)})`;
  return [
    line(dim(`${effect === 'created' ? 'file' : 'replace'} `), head),
    ...paragraph(content.trimEnd()).map((it) => line('    ', ...it)),
  ];
}

const ownerText = (owner: string | undefined): string => (owner === undefined ? '' : `, owner ${owner}`);

const commandText = (words: readonly string[]): string =>
  words.map((it) => (/^[\w@%+=:,./\\-]+$/.test(it) ? it : `'${it.replaceAll("'", "'\\''")}'`)).join(' ');

interface Uninstalled extends UninstallResult {
  readonly agent: string;
  readonly home: string;
  readonly dryRun: boolean;
}

export function uninstalledLines(it: Uninstalled): Line[] {
  const would = it.dryRun ? 'would be ' : 'is ';
  return [
    ...it.removed.map((path) => line(good('removed '), path)),
    ...it.restored.map((path) => line(good('put back '), path)),
    ...it.kept.map((path) => line(bad('kept '), `${path}: it was changed since; --force removes it`)),
    ...it.notes.map((note) => line(warn('note '), note)),
    ...(it.pid === null ? [] : [line(`process ${it.pid} ${would}told to finish what it runs`)]),
    line('agent ', bold(it.agent), ` ${would}no service any more`),
    line(dim(`what it kept is still in ${it.home}; gityard agent remove ${it.agent} strikes it off the yard`)),
  ];
}
