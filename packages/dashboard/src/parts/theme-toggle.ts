/** One button that goes round the themes and says which one is on. */
import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { base } from '../styles.ts';
import { chooseTheme, rememberedTheme, THEMES, type Theme } from '../theme.ts';

const WORDS: Readonly<Record<Theme, string>> = { auto: 'Auto', light: 'Light', dark: 'Dark' };

@customElement('theme-toggle')
export class ThemeToggle extends LitElement {
  @state() private theme: Theme = rememberedTheme();

  static override styles = [
    base,
    css`
      button {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 36px;
        padding: 0 calc(1.5 * var(--space));
        border: 1px solid var(--line);
        border-radius: 18px;
        background: none;
        color: var(--fg);
        font: inherit;
        font-size: var(--small);
        cursor: pointer;
      }
      button:hover {
        border-color: var(--dim);
      }
      svg {
        width: 14px;
        height: 14px;
      }
      @media (max-width: 600px) {
        button {
          min-height: 44px;
          border-radius: 22px;
        }
      }
    `,
  ];

  override render() {
    return html`<button type="button" aria-label="Theme: ${WORDS[this.theme]}" title="Change the theme" @click=${this.#next}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5"></circle>
        <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"></path>
      </svg>
      ${WORDS[this.theme]}
    </button>`;
  }

  #next(): void {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length] ?? 'auto';
    chooseTheme(this.theme);
  }
}
