/** One button that goes round the themes and says which one is on. */
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base, controls } from '../styles.ts';
import { chooseTheme, nextTheme, onLookChange, rememberedTheme, THEME_WORDS } from '../theme.ts';

@customElement('theme-toggle')
export class ThemeToggle extends LitElement {
  #stop: (() => void) | undefined;

  static override styles = [
    base,
    controls,
    css`
      button {
        border-radius: 22px;
      }
      svg {
        width: 14px;
        height: 14px;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = onLookChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override render() {
    const theme = rememberedTheme();
    return html`<button type="button" aria-label="Theme: ${THEME_WORDS[theme]}" title="Change the theme (t)" @click=${() => chooseTheme(nextTheme(theme))}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5"></circle>
        <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"></path>
      </svg>
      ${theme === 'contrast' ? 'Contrast' : THEME_WORDS[theme]}
    </button>`;
  }
}
