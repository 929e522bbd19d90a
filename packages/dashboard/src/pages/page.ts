/**
 * What every page is: an element that is given the snapshot, the time and the address, and draws. It asks the worker for
 * more through `yard`; it opens no connection and keeps no clock.
 */
import type { ReadModel, Time } from '@gityard/domain';
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Route } from '../router.ts';
import { base, rows } from '../styles.ts';
import type { YardOfPage, YardView } from '../yard/yard.ts';

export abstract class Page extends LitElement {
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'ask' | 'tell'>;
  @property({ attribute: false }) view!: YardView;
  /** The newest snapshot, or that of the moment in the address. */
  @property({ attribute: false }) model!: ReadModel;
  @property({ attribute: false }) now!: Time;
  @property({ attribute: false }) route!: Route;

  static override styles = [base, rows];

  /** All that match what is asked for, in their order, where only those near the window are drawn; undefined: all are drawn. */
  rowsToExport(): readonly object[] | undefined {
    return undefined;
  }
}
