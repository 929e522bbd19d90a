/** The page: header, headline, and the panels of the list. It alone holds data and time, and hands both down. */
import type { ReadModel, Time } from '@gityard/domain';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement } from 'lit/decorators.js';
import { apiSource } from './data/api-source.ts';
import type { Source } from './data/source.ts';
import { YardController } from './data/yard-controller.ts';
import { headline } from './headline.ts';
import { PANELS, type PanelEntry } from './panels/list.ts';
import { shell } from './shell-styles.ts';
import { base } from './styles.ts';
import './parts/connection-state.ts';
import './parts/empty-note.ts';
import './parts/panel-card.ts';
import './parts/theme-toggle.ts';

@customElement('app-shell')
export class AppShell extends LitElement {
  readonly #source: Source = apiSource(location.href);
  readonly #yard = new YardController(this, this.#source);

  static override styles = [base, shell];

  override render() {
    const { now } = this.#yard;
    const { model, connection } = this.#yard.view;
    return html`
      <header>
        <div class="bar">
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 4v16M8 15.5c0-5 8-2.500 8-8"></path><circle cx="16" cy="6" r="2.4"></circle></svg>
          <p class="name">${model?.yard ?? 'Gityard'}</p>
          <connection-state .connection=${connection} .at=${model?.at} .now=${now}></connection-state>
          <theme-toggle></theme-toggle>
        </div>
      </header>
      <main>${this.#notice()}${model ? page(model, now) : this.#nothingYet()}</main>
    `;
  }

  override updated(_changed: PropertyValues): void {
    const { model } = this.#yard.view;
    if (!model) return;
    const needs = model.needsYou.length;
    document.title = `${needs > 0 ? `(${needs}!) ` : ''}${model.yard} – Gityard`;
  }

  /** Trouble between the page and its source. It stands above the data and never in their place. */
  #notice() {
    const { model, connection, rewritten } = this.#yard.view;
    if (model && connection.reason !== null) {
      return html`<p class="notice" role="alert">${sentence(connection.reason)} You see what was last known; the page keeps trying.</p>`;
    }
    if (rewritten)
      return html`<p class="notice" role="alert">The history of this yard was rewritten: its state went back to an earlier one.</p>`;
    return nothing;
  }

  #nothingYet() {
    const { state, reason } = this.#yard.view.connection;
    if (state === 'offline') {
      const text = `${sentence(reason ?? 'it is away')} The page keeps trying. Is the yard served at ${this.#source.address}?`;
      return html`<panel-card heading="No yard answers"><empty-note text=${text} command="gityard serve"></empty-note></panel-card>`;
    }
    const text =
      state === 'live' ? 'The yard is being read for the first time.' : 'The page asks the server for the yard.';
    return html`<panel-card heading="Looking for the yard"><empty-note text=${reason === null ? text : sentence(reason)}></empty-note></panel-card>`;
  }
}

function page(model: ReadModel, now: Time) {
  const { first, rest } = headline(model, now);
  const inPlace = (place: PanelEntry['place']) =>
    PANELS.filter((panel) => panel.place === place).map((panel) => panel.draw(model, now));
  return html`
    <h1><strong>${first}</strong> ${rest}</h1>
    ${inPlace('top')}
    <div class="columns">
      <div class="column">${inPlace('main')}</div>
      <div class="column">${inPlace('side')}</div>
    </div>
    <footer class="small dim">State <span class="mono" title=${model.head}>${model.head.slice(0, 10)}</span>, written by ${model.by}</footer>
  `;
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
