/**
 * What the page knows, and how each event changes it. Two rules live here: a lost connection never takes data away, and a
 * snapshot that is older than one already seen means that history was rewritten, which people must be told.
 */
import type { Connection } from '@gityard/api/client';
import type { ReadModel } from '@gityard/domain';
import type { SourceEvent } from './source.ts';

export interface YardView {
  readonly model: ReadModel | undefined;
  readonly connection: Connection;
  readonly rewritten: boolean;
}

export const NOTHING_YET: YardView = {
  model: undefined,
  connection: { state: 'connecting', reason: null, skewMs: 0 },
  rewritten: false,
};

export function nextView(view: YardView, event: SourceEvent): YardView {
  if (event.kind === 'connection') return { ...view, connection: event.connection };
  const wentBack = view.model !== undefined && event.model.sequence < view.model.sequence;
  return { ...view, model: event.model, rewritten: view.rewritten || wentBack };
}
