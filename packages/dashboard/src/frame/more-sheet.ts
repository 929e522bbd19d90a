/** On a phone: the pages that the bar has no room for, and what the header holds on larger screens. */
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { PAGES } from '../pages/list.ts';
import { hrefOf } from '../router.ts';
import type { Runnable } from './command-palette.ts';
import { Overlay } from './overlay.ts';

@customElement('more-sheet')
export class MoreSheet extends Overlay {
  /** What stands in the bar already. */
  @property({ attribute: false }) without: readonly string[] = [];
  @property({ attribute: false }) tools: readonly Runnable[] = [];

  static override styles = [
    ...Overlay.styles,
    css`
      dialog {
        width: 100%;
        margin: auto 0 0;
        border-radius: 16px 16px 0 0;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--space);
      }
      .grid > * {
        justify-content: flex-start;
        padding-block: 4px;
        text-align: left;
        white-space: normal;
      }
    `,
  ];

  override render() {
    const pages = PAGES.filter(({ name, key }) => key !== null && !this.without.includes(name));
    return this.framed(
      'More',
      html`<nav class="grid" aria-label="More pages">
          ${pages.map(({ name, title }) => html`<a class="button" href=${hrefOf([name])} @click=${this.close}>${title}</a>`)}
          ${this.tools.map(({ title, run }) => html`<button type="button" @click=${() => this.#run(run)}>${title}</button>`)}
        </nav>`,
    );
  }

  #run(run: (() => void) | undefined): void {
    this.close();
    run?.();
  }
}
