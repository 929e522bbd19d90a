/** What the editor calls: it wires the yard of the window to its trees, its status bar, its commands and its checks of files. */
import * as vscode from 'vscode';
import { register, type Surroundings } from './commands/command.ts';
import { COMMANDS } from './commands/list.ts';
import { checkFiles } from './editing/check-files.ts';
import { completions } from './editing/completions.ts';
import { ConnectedYard } from './link/connected-yard.ts';
import { Documents, SCHEME } from './views/documents.ts';
import { VIEWS } from './views/list.ts';
import { RowTree } from './views/row-tree.ts';
import { statusItem } from './views/status-item.ts';

export async function activate({
  secrets,
  subscriptions,
  globalStorageUri: storage,
}: vscode.ExtensionContext): Promise<void> {
  const yard = new ConnectedYard(secrets);
  const trees = new Map(Object.entries(VIEWS).map(([id, rowsOf]) => [id, new RowTree(yard, rowsOf)] as const));
  const documents = new Documents(yard);
  const surroundings: Surroundings = { yard, trees, documents, storage, subscriptions };
  subscriptions.push(
    yard,
    documents,
    ...trees.values(),
    ...[...trees].map(([id, treeDataProvider]) =>
      vscode.window.createTreeView(id, { treeDataProvider, showCollapseAll: true }),
    ),
    statusItem(yard),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, documents),
    ...COMMANDS.map((command) => register(command, surroundings)),
    checkFiles(yard),
    completions(yard),
    yard.onDidChange(
      () => void vscode.commands.executeCommand('setContext', 'gityard.connection', yard.connection.kind),
    ),
  );
  await yard.connect();
}
