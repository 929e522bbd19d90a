/** What a person can set for this browser: where the yard is read, with which right, and how the page looks and listens. */
import { css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { SOURCE_WORDS } from '../../frame/connection-report.ts';
import { keysAreOn, notificationsAreOn, switchKeys, switchNotifications } from '../../frame/preferences.ts';
import { controls } from '../../styles.ts';
import {
  chooseDensity,
  chooseTheme,
  DENSITIES,
  rememberedDensity,
  rememberedTheme,
  THEME_WORDS,
  THEMES,
} from '../../theme.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';
import '../../frame/token-form.ts';
import '../../parts/panel-card.ts';

@customElement('settings-page')
export class SettingsPage extends Page {
  @state() private note = '';

  static override styles = [
    ...Page.styles,
    controls,
    pageLayout,
    css`
      .body {
        display: grid;
        gap: calc(1.5 * var(--space));
        padding: calc(2 * var(--space));
      }
      label {
        font-size: var(--small);
      }
      label:has(select, [name='source']) {
        display: grid;
        gap: 4px;
        justify-items: start;
      }
      .check {
        display: flex;
        align-items: center;
        gap: var(--space);
        min-height: var(--target);
      }
      .check input {
        flex: none;
        width: 18px;
        height: 18px;
        min-height: 0;
        margin: 0;
        accent-color: var(--accent);
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space);
      }
      form label {
        flex: 1 1 30ch;
      }
      [name='source'] {
        width: 100%;
      }
    `,
  ];

  override render() {
    return html`<h1><strong>Settings</strong> of this browser</h1>
      <div class="columns">
        <div class="column">${this.#source()}${this.#right()}</div>
        <div class="column">${this.#look()}${this.#listens()}</div>
      </div>`;
  }

  #source() {
    const { source } = this.view.connection;
    const named = new URLSearchParams(location.search).get('source') ?? '';
    return html`<panel-card heading="Where the yard is read">
      <div class="body">
        <p>${source === null ? 'No source has been found yet.' : html`Now: <strong>${source.address}</strong> <span class="dim">(${SOURCE_WORDS[source.kind]})</span>`}</p>
        <form @submit=${this.#readFrom}>
          <label>Another source (empty: the one that serves this page)
            <input name="source" spellcheck="false" autocomplete="off" placeholder="github:team/yard" .value=${named} />
          </label>
          <button>Read from there</button>
        </form>
      </div>
    </panel-card>`;
  }

  #right() {
    const { commands } = this.view.connection;
    const may = {
      direct: 'You can act from this page.',
      link: 'This page writes nothing itself: each act opens the page of the host, filled in, for you to confirm.',
      no: 'This page can only look.',
    };
    return html`<panel-card heading="What you may do">
      <div class="body"><p>${may[commands]}</p><token-form .yard=${this.yard} .view=${this.view}></token-form></div>
    </panel-card>`;
  }

  #look() {
    return html`<panel-card heading="How it looks">
      <div class="body">
        <label>Theme<select @change=${(event: Event) => chooseTheme(chosen(event, THEMES))}>
          ${THEMES.map((theme) => html`<option value=${theme} ?selected=${theme === rememberedTheme()}>${THEME_WORDS[theme]}</option>`)}
        </select></label>
        <label>Rows<select @change=${(event: Event) => chooseDensity(chosen(event, DENSITIES))}>
          ${DENSITIES.map((density) => html`<option value=${density} ?selected=${density === rememberedDensity()}>${density === 'compact' ? 'Close together' : 'With room'}</option>`)}
        </select></label>
      </div>
    </panel-card>`;
  }

  #listens() {
    return html`<panel-card heading="Keys and notifications">
      <div class="body">
        <label class="check"><input type="checkbox" .checked=${keysAreOn()} @change=${(event: Event) => switchKeys(isOn(event))} />Single keys such as j, k and g o (press ? for all)</label>
        <label class="check"><input type="checkbox" .checked=${notificationsAreOn()} @change=${this.#notifications} />Tell me when something new needs me while this tab is in the background</label>
        <p class="small dim" aria-live="off">${this.note}</p>
      </div>
    </panel-card>`;
  }

  async #notifications(event: Event): Promise<void> {
    const field = event.target as HTMLInputElement;
    const wished = field.checked;
    const isNow = await switchNotifications(wished);
    field.checked = isNow;
    this.note =
      wished && !isNow
        ? 'The browser does not allow notifications for this page; allow them in its settings first.'
        : '';
  }

  /** The worker begins anew with it, and forgets the token: it belonged to the other one. */
  #readFrom(event: SubmitEvent): void {
    event.preventDefault();
    const source = `${new FormData(event.target as HTMLFormElement).get('source') ?? ''}`.trim();
    const url = new URL(location.href);
    if (source === '') url.searchParams.delete('source');
    else url.searchParams.set('source', source);
    location.assign(url);
  }
}

const isOn = (event: Event): boolean => (event.target as HTMLInputElement).checked;

function chosen<T extends string>(event: Event, among: readonly T[]): T {
  const { value } = event.target as HTMLSelectElement;
  const [first] = among;
  return among.find((it) => it === value) ?? (first as T);
}
