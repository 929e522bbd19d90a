/** The files of the archive that a commit touched, for the audit, which reads what the state does not hold. */
import type { ArchiveChange } from '@gityard/domain';
import { archivePlaceOf } from '../files/paths.ts';
import type { View } from '../reading/view.ts';
import { saidIn } from './changed-in.ts';

export function archivedIn(before: View, { snapshot }: View): readonly ArchiveChange[] {
  const files: ArchiveChange[] = [];
  for (const { path, before: was, after } of snapshot.changesSince(before.snapshot)) {
    const place = archivePlaceOf(path);
    if (!place) continue;
    const said = after && (saidIn(after, snapshot.read) ?? null);
    files.push({ of: place.kind, id: place.id, wasThere: was !== undefined, said });
  }
  return files;
}
