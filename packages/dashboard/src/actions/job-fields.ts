/** The fields of a new job, and the wish that they make: short, because what is left out stays as the yard says. */
import { type JobWish, shellWord } from '@gityard/domain';
import { html } from 'lit';
import type { Wish } from './wish.ts';
import { wordsOf } from './words-of-command.ts';

const PRIORITIES = ['Critical', 'High', 'Normal', 'Low'] as const;
const MOST_ROWS = 8;
const NUMBERS: Readonly<Record<number, string>> = { 1: 'Critical', 3: 'High', 5: 'Normal', 8: 'Low' };

export function jobFields({
  repo,
  repository,
  branch,
  commit,
  command,
  priority = 'Normal',
  labels,
}: Partial<JobWish>) {
  const line = command?.map(shellWord).join(' ') ?? '';
  // A word may be a script of several lines, which a field of one line would run together.
  const rows = Math.min(MOST_ROWS, line.split('\n').length);
  const chosen = typeof priority === 'number' ? (NUMBERS[priority] ?? `${priority}`) : priority;
  const choices = PRIORITIES.some((word) => word === chosen) ? PRIORITIES : [...PRIORITIES, chosen];
  return html`
    <label>Repository<input name="repository" maxlength="2000" spellcheck="false" placeholder="https://git.example/team/app.git" .value=${repository ?? repo ?? ''} /></label>
    <label>Branch<input name="branch" maxlength="255" spellcheck="false" placeholder="main" .value=${branch ?? ''} /></label>
    <label>Commit (empty: the newest of the branch)<input name="commit" pattern="[0-9a-fA-F]{4,64}" spellcheck="false" .value=${commit ?? ''} /></label>
    <label>Command (empty: as the repository says)<textarea name="command" rows=${rows} spellcheck="false" placeholder="make test" .value=${line}></textarea></label>
    <label>Priority<select name="priority">${choices.map((word) => html`<option ?selected=${word === chosen}>${word}</option>`)}</select></label>
    <label>Labels that its server must have, with blanks between<input name="labels" spellcheck="false" placeholder="arm64 macos" .value=${labels?.join(' ') ?? ''} /></label>`;
}

/** What the page passed along and no field shows is kept; what a field shows is as it was left. */
export function jobWishOf(given: FormData, wish: Wish): JobWish {
  const said = (name: string): string => `${given.get(name) ?? ''}`.trim();
  const shown = ['repo', 'repository', 'branch', 'commit', 'command', 'priority', 'labels'];
  const before = Object.entries('job' in wish ? wish.job : {}).filter(
    ([name, value]) => !shown.includes(name) && value !== null,
  );
  const priority = said('priority');
  const asked = {
    ...Object.fromEntries(before),
    repository: said('repository'),
    branch: said('branch'),
    commit: said('commit'),
    command: wordsOf(said('command')),
    priority: priority === 'Normal' ? '' : Number(priority) || priority,
    labels: said('labels')
      .split(/[\s,]+/)
      .filter(Boolean),
  };
  const wished = Object.entries(asked).filter(([, value]) => value !== '' && !(Array.isArray(value) && !value.length));
  // Its other fields are filled in where the wish is read.
  return Object.fromEntries(wished) as unknown as JobWish;
}
