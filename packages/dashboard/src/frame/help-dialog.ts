/** The keys, and what the signs of the page mean. */
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { PAGES } from '../pages/list.ts';
import { hrefOf } from '../router.ts';
import { KEYS } from './keys.ts';
import { Overlay } from './overlay.ts';
import { keysAreOn } from './preferences.ts';
import '../parts/status-dot.ts';

@customElement('help-dialog')
export class HelpDialog extends Overlay {
  static override styles = [
    ...Overlay.styles,
    css`
      .two {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
        gap: calc(2 * var(--space)) calc(4 * var(--space));
      }
      h3 {
        margin-bottom: var(--space);
      }
      kbd {
        display: inline-block;
        min-width: 24px;
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: 5px;
        background: var(--bg);
        font: 12px/20px var(--mono);
        text-align: center;
      }
      .signs {
        display: grid;
        gap: 4px;
        font-size: var(--small);
      }
      status-dot {
        white-space: normal;
      }
      .foot {
        margin-top: calc(2 * var(--space));
      }
    `,
  ];

  override render() {
    const note = keysAreOn() ? 'Single keys can be switched off' : 'Single keys are switched off; switch them on';
    return this.framed(
      'Help',
      html`<div class="two">
          <section><h3>Keys</h3><dl>
            <dt><kbd>Ctrl</kbd> <kbd>K</kbd></dt><dd>search everything, go, act</dd>
            ${KEYS.map(({ key, words }) => html`<dt><kbd>${key === 'Escape' ? 'Esc' : key}</kbd></dt><dd>${words}</dd>`)}
          </dl></section>
          <div>
            <section><h3>Pages</h3><dl>
              ${PAGES.filter(({ key }) => key !== null).map(({ key, title }) => html`<dt><kbd>g</kbd> <kbd>${key}</kbd></dt><dd>${title}</dd>`)}
            </dl></section>
            <section class="foot"><h3>Signs</h3><div class="signs">
              <status-dot tone="ok">all right</status-dot>
              <status-dot tone="run">running</status-dot>
              <status-dot tone="wait">waiting, will go on by itself</status-dot>
              <status-dot tone="stuck">stuck, will never run unless somebody acts</status-dot>
              <status-dot tone="bad">failed</status-dot>
              <status-dot tone="silent">silent: not heard from for longer than promised</status-dot>
              <status-dot tone="off">ended, stopped or unknown</status-dot>
            </div></section>
          </div>
        </div>
        <p class="foot small dim">${note} in the <a href=${hrefOf(['settings'])} @click=${this.close}>settings</a>.
          All else is in the <a href="guide/index.html">guide</a>.</p>`,
    );
  }
}
