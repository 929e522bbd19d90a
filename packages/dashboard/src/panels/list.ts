/**
 * Every panel of the overview by where it stands, written by hand: a new one is a file beside this and a line in this list. It
 * is imported here when it must be seen at once, else in `later.ts`; those stand below the others, so that nothing moves.
 */
import type { ReadModel, Time } from '@gityard/domain';
import { html, type TemplateResult } from 'lit';
import type { Later, LaterFacts } from './later.ts';
import './needs-you-panel.ts';
import './running-panel.ts';
import './waiting-panel.ts';

/** All that a panel may be drawn from. */
export interface OverviewFacts {
  readonly model: ReadModel;
  readonly now: Time;
  /** undefined: not loaded yet. */
  readonly later: Later | undefined;
  readonly known: LaterFacts | undefined;
}

export interface PanelEntry {
  /** Where there is room for two columns. Where there is not, all follow each other as they stand here. */
  readonly column: 'left' | 'right';
  readonly draw: (facts: OverviewFacts) => TemplateResult;
}

export const PANELS: readonly PanelEntry[] = [
  { column: 'left', draw: ({ model, now }) => html`<needs-you-panel .model=${model} .now=${now}></needs-you-panel>` },
  { column: 'left', draw: ({ model, now }) => html`<running-panel .model=${model} .now=${now}></running-panel>` },
  { column: 'right', draw: ({ model, now }) => html`<waiting-panel .model=${model} .now=${now}></waiting-panel>` },
  { column: 'right', draw: sincePanel },
  { column: 'left', draw: ({ model, now }) => html`<failed-panel .model=${model} .now=${now}></failed-panel>` },
  { column: 'right', draw: serversPanel },
  { column: 'left', draw: ({ model, now }) => html`<yard-panel .model=${model} .now=${now}></yard-panel>` },
];

function sincePanel({ model, now, later, known }: OverviewFacts): TemplateResult {
  return html`<since-panel .model=${model} .now=${now} .seen=${known?.before ?? null} ?marked=${known?.isMarked ?? false} @seen=${() => later?.markSeen()}></since-panel>`;
}

function serversPanel({ model, now, later, known }: OverviewFacts): TemplateResult {
  return html`<servers-panel .model=${model} .now=${now} .past=${known?.past} .cost=${known?.cost ?? null} @load=${() => later?.want()}></servers-panel>`;
}
