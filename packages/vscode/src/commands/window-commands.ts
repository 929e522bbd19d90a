/** The window itself: which yard it shows, who we are there, and where else it can be looked at. */
import * as vscode from 'vscode';
import { setting } from '../link/connected-yard.ts';
import { startServer } from '../link/start-server.ts';
import { connectionWords } from '../model/connection.ts';
import { mayCarrySecrets, serverAddress } from '../model/server-address.ts';
import { type Command, Told } from './command.ts';
import { tell } from './give.ts';

const connect: Command = {
  id: 'gityard.connect',
  run: async ({ yard }) => {
    const typed = await vscode.window.showInputBox({
      title: 'Connect to a yard',
      prompt: `Address of a server, or the whole address that gityard serve printed. Now: ${connectionWords(yard.connection, yard.server)}`,
      value: yard.server,
      ignoreFocusOut: true,
      validateInput: (text) => {
        const address = serverAddress(text);
        return address.ok ? undefined : address.reason;
      },
    });
    if (typed === undefined) return;
    const address = serverAddress(typed);
    if (!address.ok) throw new Told(address.reason);
    const { url, key } = address.value;
    await remember(url);
    await yard.connectTo(url, key === undefined ? undefined : { key });
  },
};

/** Of the workspace, where one is open: each may have a yard of its own. */
async function remember(url: string): Promise<void> {
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const target = vscode.workspace.workspaceFolders === undefined ? Global : Workspace;
  if (setting('server') !== url) await vscode.workspace.getConfiguration('gityard').update('server', url, target);
}

const signIn: Command = {
  id: 'gityard.signIn',
  run: async ({ yard }) => {
    const address = serverAddress(yard.server);
    if (!address.ok) throw new Told(address.reason);
    const { url } = address.value;
    if (!mayCarrySecrets(url))
      throw new Told(`A token is not sent to ${url}: everybody on the way could read it. Use https://.`);
    const typed = await vscode.window.showInputBox({
      title: `Sign in to ${url}`,
      prompt:
        'A token that “gityard token new” made, or the address that gityard serve printed. It is kept by the editor’s own store of secrets.',
      password: true,
      ignoreFocusOut: true,
    });
    if (typed === undefined || typed.trim() === '') return;
    await yard.connectTo(url, proofIn(typed.trim(), url));
    tell('signed in');
  },
};

function proofIn(typed: string, url: string): { readonly token: string } | { readonly key: string } {
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(typed)) return { token: typed };
  const address = serverAddress(typed);
  if (address.ok && address.value.key !== undefined && address.value.url === url) return { key: address.value.key };
  throw new Told('That is neither a token nor the address of this server with its key.');
}

const signOut: Command = {
  id: 'gityard.signOut',
  run: async ({ yard }) => {
    await yard.forget();
    tell('signed out');
  },
};

const startServe: Command = {
  id: 'gityard.startServer',
  run: async ({ yard, subscriptions }) => {
    if (!vscode.workspace.isTrusted) throw new Told('Programs are started in trusted workspaces alone.');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const words = { program: setting('program') || 'gityard', yard: setting('yard'), folder };
    const title = 'starting gityard serve';
    const progress = { location: vscode.ProgressLocation.Notification, title };
    const server = await vscode.window.withProgress(progress, () => startServer(words));
    subscriptions.push({ dispose: server.stop });
    const address = serverAddress(server.page);
    if (!address.ok) throw new Told(address.reason);
    const { url, key } = address.value;
    await yard.connectTo(url, key === undefined ? undefined : { key });
  },
};

const openPage: Command = {
  id: 'gityard.openPage',
  run: async ({ yard }) => {
    if (!yard.link) throw new Told('No yard is connected.');
    await vscode.env.openExternal(vscode.Uri.parse(yard.link.url));
  },
};

const showOverview: Command = {
  id: 'gityard.showOverview',
  run: async () => void (await vscode.commands.executeCommand('gityard.needs.focus')),
};

const showMore: Command = {
  id: 'gityard.showMore',
  run: async ({ trees }, row) => {
    if (row?.target === undefined) return;
    for (const tree of trees.values()) tree.showMore(row.target);
  },
};

export const WINDOW_COMMANDS: readonly Command[] = [
  connect,
  signIn,
  signOut,
  startServe,
  openPage,
  showOverview,
  showMore,
];
