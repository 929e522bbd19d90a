/** What every panel is: a function of the read model and of now. No fetch, no timer, no look into another element. */
import type { ReadModel, Time } from '@gityard/domain';
import { css, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { titleLinks } from '../parts/title-links.ts';
import { base, controls, rows } from '../styles.ts';
import { turn } from './turn.ts';

export abstract class Panel extends LitElement {
  @property({ attribute: false }) model!: ReadModel;
  @property({ attribute: false }) now!: Time;

  static override styles = [
    base,
    controls,
    rows,
    titleLinks,
    css`
      .all {
        padding: var(--space) calc(2 * var(--space));
        border-top: 1px solid var(--line);
        font-size: var(--small);
      }
      .all a {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        text-decoration: none;
        min-height: 28px;
      }
      @media (pointer: coarse), (max-width: 600px) {
        .all a {
          min-height: 44px;
        }
      }
    `,
  ];

  /** All panels together would hold up a slow phone for longer than a person waits for an answer to a touch. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await turn();
    await super.scheduleUpdate();
  }

  /** Whoever places panels keeps a place for those that are still to come. */
  protected override firstUpdated(): void {
    this.toggleAttribute('drawn', true);
  }
}
