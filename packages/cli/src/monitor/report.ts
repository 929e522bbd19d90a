/** What the monitor found and did, as a program and as a person reads it. */
import { type Action, type Done, type Finding, keyOfAction } from '@gityard/monitor';
import { bad, dim, good, type Line, line, type Span, warn } from '../text/lines.ts';

const DONE: Readonly<Record<Action['does'], Span>> = {
  open: bad('opened'),
  reopen: bad('opened again'),
  update: warn('changed'),
  close: good('closed'),
  note: dim('noted'),
  label: dim('labelled'),
  merge: dim('closed as a duplicate'),
};
const WOULD: Readonly<Record<Action['does'], string>> = {
  open: 'open',
  reopen: 'open again',
  update: 'tell the change of',
  close: 'close',
  note: 'note in',
  label: 'label',
  merge: 'close as a duplicate',
};

export interface ActionRow {
  readonly does: Action['does'];
  readonly key: string;
  /** null: it would be a new one. */
  readonly issue: number | null;
  readonly text: string;
}

export const plannedRow = (action: Action): ActionRow => ({
  does: action.does,
  key: keyOfAction(action),
  issue: action.does === 'open' ? null : action.issue.number,
  text: textOf(action),
});

export interface DoneRow extends ActionRow {
  readonly skipped: boolean;
  /** Why the host refused it; null: it did not. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

export const doneRow = (action: Action, { issue, skipped, refused }: Done): DoneRow => ({
  ...plannedRow(action),
  issue,
  skipped,
  error: refused && { code: refused.code, message: refused.message, hint: refused.hint },
});

function textOf(action: Action): string {
  if (action.does === 'close') return action.how;
  if (action.does === 'merge') return `the same as #${action.into}`;
  return 'finding' in action ? action.finding.title : keyOfAction(action);
}

export const findingRow = ({ key, says, title, text, since, severity, labels, opens }: Finding) => ({
  key,
  says,
  title,
  text,
  since,
  severity,
  labels,
  opens,
});

export const plannedLines = (rows: readonly ActionRow[], place: string): Line[] =>
  rows.length === 0
    ? [[good('nothing'), ` would be done in ${place}`]]
    : rows.map(({ does, issue, text }) =>
        line('would ', WOULD[does], issue === null ? ' an issue' : ` #${issue}`, dim(`  ${text}`)),
      );

export const doneLines = (rows: readonly DoneRow[], place: string): Line[] =>
  rows.length === 0 ? [[good('nothing to tell'), ` in ${place}`]] : rows.map(doneLine);

function doneLine({ does, issue, text, skipped, error }: DoneRow): Line {
  if (error)
    return line(bad('could not '), WOULD[does], ` #${issue}: `, [error.message, error.hint].filter(Boolean).join('; '));
  return line(skipped ? dim('left to another run') : DONE[does], issue === null ? '' : ` #${issue}`, dim(`  ${text}`));
}
