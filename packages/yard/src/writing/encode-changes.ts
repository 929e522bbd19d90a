/** Changes of the domain to edits of files. Several changes of one entity end as one edit, the last. */
import {
  appendedText,
  type BrokenFile,
  type Change,
  isEntityChange,
  lowered,
  type State,
  withFiles,
} from '@gityard/domain';
import type { Edit } from '@gityard/store';
import { ARCHIVE, answerPathOf, archivePathOf, archivePlaceOf, metricsPathOf, pathOf } from '../files/paths.ts';
import { answerText } from '../reading/decode-file.ts';
import { FILE_LIMIT_BYTES, readJson } from '../reading/read-json.ts';
import type { View } from '../reading/view.ts';
import { encodedOnce } from './canonical-json.ts';

export function encodeChanges(before: View, changes: readonly Change[]): Edit[] {
  const edits = new Map<string, Edit>();
  let { archive } = before.state;
  const version = versionAfter(before, changes);
  for (const change of changes) {
    if (change.kind === 'metrics') {
      const path = metricsPathOf(change.id);
      const written = edits.get(path)?.content ?? contentAt(before, path);
      edits.set(path, { path, content: withLines(written, change.lines) });
      continue;
    }
    {
      const view = { ...before, state: { ...before.state, archive } };
      for (const edit of editsOf(view, change, version)) edits.set(edit.path, edit);
    }
    if (change.kind === 'archive') archive = withFiles(archive, change.folder, 1);
  }
  return [...edits.values()];
}

function contentAt({ snapshot }: View, path: string): Uint8Array | undefined {
  const entry = snapshot.entry(path);
  return entry && snapshot.read(entry.oid);
}

function withLines(before: Uint8Array | undefined, lines: readonly string[]): Uint8Array {
  const text = before === undefined ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(before);
  const more = new TextEncoder().encode(appendedText(text, lines).slice(text.length));
  return Buffer.concat([before ?? new Uint8Array(), more]);
}

/** A yard that is raised is written in its new version from that very commit on. */
function versionAfter({ state }: View, changes: readonly Change[]): number {
  const raised = changes.findLast((it) => it.kind === 'yard' && it.value !== null);
  return raised?.kind === 'yard' && raised.value ? raised.value.schemaVersion : state.yard.schemaVersion;
}

function editsOf(
  { snapshot, state, lastValid, versions }: View,
  change: Exclude<Change, { kind: 'metrics' }>,
  version: number,
): Edit[] {
  if (change.kind === 'queue-taken') {
    const answered = state.queue.get(change.id)?.answered != null;
    const answer = answered ? [{ path: answerPathOf(change.id), content: null }] : [];
    return [{ path: change.id, content: null }, ...answer];
  }
  if (change.kind === 'queue-answer') {
    const text = answerText({ path: change.id, blob: change.blob, reason: change.reason, line: change.line });
    return [{ path: answerPathOf(change.id), content: new TextEncoder().encode(text) }];
  }
  if (change.kind === 'metrics-gone') return [{ path: metricsPathOf(change.id), content: null }];
  if (change.kind === 'archive') {
    const { of, id, folder, content } = change;
    const path = archivePathOf(folder, id, state.archive.get(folder)?.files ?? 0);
    return [
      { path: pathOf(of, id), content: null },
      { path, content: encodedOnce(lowered(of, content, version, versions)) },
    ];
  }
  if (change.kind === 'prune') {
    const entries = [...snapshot.list(`${ARCHIVE}${change.id}/`)];
    return entries.filter((it) => archivePlaceOf(it.path)).map((it) => ({ path: it.path, content: null }));
  }
  if (change.kind === 'restore') return [{ path: change.id, content: wanted(lastValid.get(change.id), change.id) }];
  const { kind, value } = change;
  const content = value === null ? null : encodedOnce(lowered(kind, value, version, versions));
  return [{ path: pathOf(kind, change.id), content }];
}

function wanted(content: Uint8Array | undefined, path: string): Uint8Array {
  if (!content) throw new Error(`${path} is to be restored, but no valid version of it is known`);
  return content;
}

/** A broken file is never overwritten silently: what would write to it is refused, naming the file. */
export function brokenTarget(changes: readonly Change[], { broken }: State): BrokenFile | undefined {
  if (broken.size === 0) return undefined;
  for (const change of changes.filter(isEntityChange)) {
    const path = pathOf(change.kind, change.id);
    // Somebody may also have put a folder where the file belongs.
    const found = broken.get(path) ?? [...broken].find((it) => it.path.startsWith(`${path}/`));
    if (found) return found;
  }
  return undefined;
}

/** What would be written and could not be read back: by the reader itself, so that the two never differ. */
export function unreadableTarget(changes: readonly Change[]): { path: string; why: string } | undefined {
  for (const change of changes) {
    const written = writtenBy(change);
    const read = written && readJson(encodedOnce(written.value));
    if (!read || read.ok) continue;
    const { path } = written;
    const tooLong = `${path} would have more than ${FILE_LIMIT_BYTES} bytes`;
    const why = read.code === 'TOO_LARGE' ? tooLong : `${path} ${read.reason}, which no file of a yard may have`;
    return { path, why };
  }
  return undefined;
}

/** What an import brings goes into the archive at once, and must be read back there as well. */
function writtenBy(change: Change): { readonly path: string; readonly value: object } | undefined {
  if (change.kind === 'archive') return { path: pathOf(change.of, change.id), value: change.content };
  if (!isEntityChange(change) || change.value === null) return undefined;
  return { path: pathOf(change.kind, change.id), value: change.value };
}
