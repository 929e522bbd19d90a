/**
 * A button for one wish: `<action-button .wish=${{ op: 'cancel', target: job.id }} label="Cancel"></action-button>`. It
 * sends nothing by itself: the frame asks first, with holder, age and effect, and shows what became of it. In the past
 * nothing can be done, so there it is off.
 */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { currentRoute } from '../router.ts';
import { base, controls } from '../styles.ts';
import { type Wish, WishEvent } from './wish.ts';

@customElement('action-button')
export class ActionButton extends LitElement {
  @property({ attribute: false }) wish!: Wish;
  @property() label = '';
  /** What it acts on, for those who hear the page: `cloudstack main`. The label alone is enough for the eye. */
  @property() subject = '';

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: inline-block;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#redraw);
  }

  override render() {
    const isPast = currentRoute().query.has('at');
    const spoken = this.subject === '' ? this.label : `${this.label}: ${this.subject}`;
    return html`<button
      type="button"
      aria-label=${spoken}
      title=${isPast ? 'You look at the past: go back to now to act' : ''}
      ?disabled=${isPast}
      @click=${this.#wish}
    >${this.label}</button>`;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  readonly #redraw = (): void => this.requestUpdate();

  #wish(event: Event): void {
    // A row may be a link as a whole.
    event.preventDefault();
    event.stopPropagation();
    this.dispatchEvent(new WishEvent(this.wish));
  }
}
