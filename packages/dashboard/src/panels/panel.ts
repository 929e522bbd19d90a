/** What every panel is: a function of the read model and of now. No fetch, no timer, no look into another element. */
import type { ReadModel, Time } from '@gityard/domain';
import { css, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { titleLinks } from '../parts/title-links.ts';
import { base, controls, rows } from '../styles.ts';

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
}
