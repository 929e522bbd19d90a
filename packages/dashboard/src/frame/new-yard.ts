/** A yard in which nothing has happened yet: what to do first, and what will then appear. */
import type { ReadModel } from '@gityard/domain';
import { html } from 'lit';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';

export const isNewYard = ({ agents, jobs, finished, messages }: ReadModel): boolean =>
  agents.length + jobs.length + finished.length + messages.length === 0;

export const newYard = html`<panel-card heading="This yard is new">
  <empty-note text="1. On each build server, in a clone of this yard, start it; it appears here with its health:" command="gityard agent run"></empty-note>
  <empty-note text="2. Add a first job; it appears here, and you see it wait, run and end:" command="gityard job add --branch main"></empty-note>
  <empty-note text="3. Or look at a yard that is full of life, on this machine alone:" command="gityard up"></empty-note>
</panel-card>`;
