/** What every panel is: a function of the read model and of now. No fetch, no timer, no look into another element. */
import type { ReadModel, Time } from '@gityard/domain';
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { base, rows } from '../styles.ts';

export abstract class Panel extends LitElement {
  @property({ attribute: false }) model!: ReadModel;
  @property({ attribute: false }) now!: Time;

  static override styles = [base, rows];
}
