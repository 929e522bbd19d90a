/**
 * Judges a broken file once: what it said is kept under `shared/quarantine/`, the last valid version is put back where
 * there was one, and whoever brought it is told. A new file that was never valid stays where it is until it is mended.
 */

import { applyChanges } from '../../apply-changes.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import { quarantineIdOf } from '../../entities/file-id.ts';
import type { QuarantinedFile } from '../../entities/quarantined-file.ts';
import type { BrokenFile, Change, State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';
import { sendMessage } from '../messages/send-message.ts';

export interface QuarantineFile {
  readonly path: string;
  /** The content that was seen; another content is another file. */
  readonly blob: string;
  readonly content: Pick<QuarantinedFile, 'encoding' | 'content'>;
  readonly by: string;
  readonly messageId: string;
  readonly now: Time;
}

export function quarantineFile(state: State, input: QuarantineFile): Decision<QuarantinedFile> {
  const { path, blob } = input;
  const broken = state.broken.get(path);
  if (broken?.blob !== blob)
    return refuse('NOTHING_TO_DO', `${path} was mended, restored or changed meanwhile`, [path]);
  if (broken.code === 'NEWER_SCHEMA' || !broken.past)
    return refuse('CONFLICT', `${path} ${broken.reason}; there is nothing to put in its place`, [path]);

  const { restorable } = broken.past;
  const known = state.quarantine.get(quarantineIdOf(broken));
  if (known && !restorable) return accept(known, [], `${path} was judged already`);

  const record = recordOf(broken, restorable, input);
  if (!record.ok) return refuse('INVALID_DATA', record.reason, [path]);
  const put: Change = { kind: 'quarantine', id: quarantineIdOf(broken), value: record.value };
  const changes: Change[] = restorable ? [{ kind: 'restore', id: path }, put] : [put];
  const told = tellAuthor(applyChanges(state, changes), broken, input);
  const outcome = restorable ? `restore ${path}` : `set ${path} aside`;
  return accept(record.value, [...changes, ...told], `${outcome}: it ${broken.reason.slice(0, 150)}`);
}

function recordOf({ path, blob, code, reason, line, past }: BrokenFile, restored: boolean, input: QuarantineFile) {
  const { author = null, brokenAt = null } = past ?? {};
  const fields = { path, blob, code, reason: reason.slice(0, 2000), line, author, brokenAt, restored };
  return validate('quarantine', { ...fields, ...input.content, quarantinedAt: input.now });
}

/** Nobody is told where nobody is known; the file is in everybody's status all the same. */
function tellAuthor(state: State, broken: BrokenFile, { by, messageId, now }: QuarantineFile): readonly Change[] {
  const { path, past } = broken;
  if (!past?.author) return [];
  const message = {
    from: by,
    to: past.author,
    type: 'error',
    priority: 'high',
    subject: `${path} is broken`,
    body: bodyOf(broken),
    automatic: true,
  } as const;
  const sent = sendMessage(state, { id: messageId, message, now });
  return sent.ok ? sent.changes : [];
}

function bodyOf({ path, blob, reason, line, past }: BrokenFile): string {
  const what = `It ${reason}${line === null ? '' : ` (line ${line})`}.`;
  const kept = `What you wrote is kept in shared/quarantine/${path}@${blob}.json.`;
  return past?.restorable
    ? `${what} The last valid version is in force again. ${kept} Pull, make your change anew and push.`
    : `${what} There was no valid version before, so it is ignored until you mend it where it lies.`;
}

export interface ClearQuarantine {
  readonly path: string;
  readonly blob: string;
  readonly reason: string | null;
}

/** Ends the record of a file that was dealt with; its content stays in the history. */
export function clearQuarantine(state: State, { path, blob, reason }: ClearQuarantine): Decision<QuarantinedFile> {
  if (state.broken.get(path)?.blob === blob)
    return refuse('CONFLICT', `${path} is still broken; mend it first`, [path]);
  const id = quarantineIdOf({ path, blob });
  const record = state.quarantine.get(id);
  if (!record) return refuse('NOT_FOUND', `nothing is quarantined as ${id}`, [id]);
  return accept(record, [{ kind: 'quarantine', id, value: null }], `clear ${path} from quarantine`, { reason });
}
