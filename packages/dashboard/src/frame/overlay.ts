/**
 * What lies over the page for a moment: the palette, the help, a question before an act. A native dialog, so that focus
 * stays inside, Esc closes it and the page behind is out of reach. Loaded when it is first opened.
 */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { base, controls } from '../styles.ts';
import { DONE } from './overlay-done.ts';

const overlayStyles = css`
  dialog {
    width: min(640px, calc(100vw - 24px));
    max-width: none;
    max-height: min(80dvh, 720px);
    margin: min(12dvh, 96px) auto auto;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    color: var(--fg);
    box-shadow: 0 16px 48px #0006;
  }
  dialog::backdrop {
    background: #05080c80;
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space);
    padding: var(--space) var(--space) var(--space) calc(2 * var(--space));
    border-bottom: 1px solid var(--line);
    background: var(--card);
  }
  h2,
  h3 {
    margin: 0;
    font-size: var(--text);
    font-weight: 600;
  }
  h2:focus {
    outline: none;
  }
  .body {
    padding: calc(2 * var(--space));
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--space);
    margin-top: calc(2 * var(--space));
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 4px calc(2 * var(--space));
    margin: 0;
    font-size: var(--small);
  }
  dt {
    color: var(--dim);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
`;

export abstract class Overlay extends LitElement {
  static override styles = [base, controls, overlayStyles];

  override firstUpdated(): void {
    this.dialog?.showModal();
  }

  close(): void {
    this.dialog?.close();
  }

  protected get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** A dialog with its heading and the button that closes it. */
  protected framed(heading: string, body: unknown): TemplateResult {
    return this.bare(
      heading,
      html`<div class="head"><h2 tabindex="-1" autofocus>${heading}</h2><button type="button" aria-label="Close" @click=${this.close}>✕</button></div>
        <div class="body">${body}</div>`,
    );
  }

  protected bare(label: string, body: unknown): TemplateResult {
    return html`<dialog aria-label=${label} @close=${this.#done} @click=${this.#outside}>${body}</dialog>`;
  }

  #done(): void {
    this.dispatchEvent(new Event(DONE));
  }

  /** The dialog itself is hit only outside of what it holds. */
  #outside(event: Event): void {
    if (event.target !== this.dialog) return;
    const { left, right, top, bottom } = (event.target as Element).getBoundingClientRect();
    const { clientX: x, clientY: y } = event as MouseEvent;
    if (x < left || x > right || y < top || y > bottom) this.close();
  }
}
