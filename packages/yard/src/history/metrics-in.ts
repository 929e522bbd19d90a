/** What the files of `shared/metrics` said before a commit and say after it, for the audit: those that it touched. */
import type { MetricsChange } from '@gityard/domain';
import type { TreeEntry } from '@gityard/store';
import { metricsIdOf } from '../files/paths.ts';
import type { View } from '../reading/view.ts';

export function metricsIn(before: View, { snapshot }: View): readonly MetricsChange[] {
  const files: MetricsChange[] = [];
  for (const { path, before: was, after } of snapshot.changesSince(before.snapshot)) {
    const id = metricsIdOf(path);
    if (id === undefined) continue;
    files.push({ id, before: textOf(was, before.snapshot.read), after: textOf(after, snapshot.read) });
  }
  return files;
}

function textOf(entry: TreeEntry | undefined, read: (oid: string) => Uint8Array | undefined): string | undefined {
  const bytes = entry?.mode.startsWith('100') ? read(entry.oid) : undefined;
  return bytes && new TextDecoder().decode(bytes);
}
