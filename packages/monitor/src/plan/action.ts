/** What the monitor will do, as values: they can be printed, compared, and done later. */
import type { Finding } from '../finding.ts';
import type { Issue } from '../issues/host.ts';
import type { Memory } from '../issues/marker.ts';

export type Action =
  | { readonly does: 'open'; readonly finding: Finding; readonly memory: Memory }
  | { readonly does: 'reopen'; readonly issue: Issue; readonly finding: Finding; readonly memory: Memory }
  /** A comment, because it is in another state than people were told. */
  | { readonly does: 'update'; readonly issue: Issue; readonly finding: Finding; readonly memory: Memory }
  | { readonly does: 'close'; readonly issue: Issue; readonly how: string; readonly memory: Memory }
  /** Only its memory: nobody is notified. */
  | { readonly does: 'note'; readonly issue: Issue; readonly memory: Memory }
  | { readonly does: 'label'; readonly issue: Issue; readonly labels: readonly string[] }
  | { readonly does: 'merge'; readonly issue: Issue; readonly into: number; readonly memory: Memory };

export const keyOfAction = (action: Action): string =>
  action.does === 'open' ? action.memory.key : action.issue.memory.key;
