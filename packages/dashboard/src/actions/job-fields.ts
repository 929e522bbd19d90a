/** The fields of a new job, and the wish that they make: short, because what is left out stays as the yard says. */
import type { JobWish } from '@gityard/domain';
import { html } from 'lit';
import type { Wish } from './wish.ts';
import { wordsOf } from './words-of-command.ts';

export function jobFields({ repository, branch, commit, command, priority, labels }: Partial<JobWish>) {
  const line = command?.map((word) => (/[\s"']/.test(word) ? JSON.stringify(word) : word)).join(' ') ?? '';
  return html`
    <label>Repository<input name="repository" maxlength="2000" spellcheck="false" placeholder="https://git.example/team/app.git" .value=${repository ?? ''} /></label>
    <label>Branch<input name="branch" maxlength="255" spellcheck="false" placeholder="main" .value=${branch ?? ''} /></label>
    <label>Commit (empty: the newest of the branch)<input name="commit" pattern="[0-9a-fA-F]{4,64}" spellcheck="false" .value=${commit ?? ''} /></label>
    <label>Command (empty: as the repository says)<input name="command" spellcheck="false" placeholder="make test" .value=${line} /></label>
    <label>Priority<select name="priority">${['Critical', 'High', 'Normal', 'Low'].map((word) => html`<option ?selected=${word === (priority ?? 'Normal')}>${word}</option>`)}</select></label>
    <label>Labels that its server must have, with blanks between<input name="labels" spellcheck="false" placeholder="arm64 macos" .value=${labels?.join(' ') ?? ''} /></label>`;
}

/** What the page passed along and no field shows is kept. */
export function jobWishOf(given: FormData, wish: Wish): JobWish {
  const said = (name: string): string => `${given.get(name) ?? ''}`.trim();
  const before = 'job' in wish ? wish.job : {};
  const command = wordsOf(said('command'));
  const labels = said('labels')
    .split(/[\s,]+/)
    .filter(Boolean);
  const asked = {
    ...before,
    ...(said('repository') === '' ? {} : { repository: said('repository') }),
    ...(said('branch') === '' ? {} : { branch: said('branch') }),
    ...(said('commit') === '' ? {} : { commit: said('commit') }),
    ...(command.length === 0 ? {} : { command }),
    ...(said('priority') === 'Normal' ? {} : { priority: said('priority') as 'High' }),
    ...(labels.length === 0 ? {} : { labels }),
  };
  // Its other fields are filled in where the wish is read.
  return asked as JobWish;
}
