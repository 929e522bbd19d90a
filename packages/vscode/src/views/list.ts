/** Every tree of the side bar, written by hand: its rows come from `model/`, its name stands in package.json as well. */
import type * as vscode from 'vscode';
import { agentRows } from '../model/agent-rows.ts';
import { jobRows } from '../model/job-rows.ts';
import { messageRows } from '../model/message-rows.ts';
import { needRows } from '../model/need-rows.ts';
import type { RowTree } from './row-tree.ts';

type RowsOf = ConstructorParameters<typeof RowTree>[1];

export const VIEWS: Readonly<Record<string, RowsOf>> = {
  'gityard.needs': ({ model }) => needRows(model),
  'gityard.agents': (link) => agentRows(link.model, link.now()),
  'gityard.jobs': (link) => jobRows(link.model, link.now()),
  'gityard.messages': (link) => messageRows(link.model, link.now()),
};

export type Trees = ReadonlyMap<string, Pick<RowTree, 'showMore'> & vscode.Disposable>;
