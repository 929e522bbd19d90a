/** Every panel of the page, in reading order, written by hand: a new one is a file beside this and a line in this list. */
import type { ReadModel, Time } from '@gityard/domain';
import { html, type TemplateResult } from 'lit';
import './finished-panel.ts';
import './locks-panel.ts';
import './messages-panel.ts';
import './needs-you-panel.ts';
import './running-panel.ts';
import './servers-panel.ts';
import './waiting-panel.ts';

export interface PanelEntry {
  /** top: the whole width; main: what happens; side: who it happens on. */
  readonly place: 'top' | 'main' | 'side';
  readonly draw: (model: ReadModel, now: Time) => TemplateResult;
}

export const PANELS: readonly PanelEntry[] = [
  { place: 'top', draw: (model, now) => html`<needs-you-panel .model=${model} .now=${now}></needs-you-panel>` },
  { place: 'main', draw: (model, now) => html`<running-panel .model=${model} .now=${now}></running-panel>` },
  { place: 'main', draw: (model, now) => html`<waiting-panel .model=${model} .now=${now}></waiting-panel>` },
  { place: 'main', draw: (model, now) => html`<finished-panel .model=${model} .now=${now}></finished-panel>` },
  { place: 'side', draw: (model, now) => html`<servers-panel .model=${model} .now=${now}></servers-panel>` },
  { place: 'side', draw: (model, now) => html`<locks-panel .model=${model} .now=${now}></locks-panel>` },
  { place: 'side', draw: (model, now) => html`<messages-panel .model=${model} .now=${now}></messages-panel>` },
];
