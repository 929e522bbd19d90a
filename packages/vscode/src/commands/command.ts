/** What a command of the palette is, and what it is given: the yard of the window, its trees, and the row that it was called on. */
import { ApiError } from '@gityard/api/client';
import * as vscode from 'vscode';
import type { ConnectedYard } from '../link/connected-yard.ts';
import type { YardLink } from '../link/yard-link.ts';
import type { Row } from '../model/row.ts';
import type { Documents } from '../views/documents.ts';
import type { Trees } from '../views/list.ts';

export interface Surroundings {
  readonly yard: ConnectedYard;
  readonly trees: Trees;
  readonly documents: Documents;
  /** Where files may be put that nobody else should read. */
  readonly storage: vscode.Uri;
  /** Ends with the window. */
  readonly subscriptions: vscode.Disposable[];
}

export interface Command {
  /** As package.json has it. */
  readonly id: string;
  /** undefined: it was called from the palette, and asks. */
  run(surroundings: Surroundings, row?: Row): Promise<void>;
}

/** A sentence for the person; it is shown, and nothing else happens. */
export class Told extends Error {}

/** With a snapshot, so that there is something to choose from. */
export type SeenLink = YardLink & { readonly model: NonNullable<YardLink['model']> };

export function seen({ yard: { link, connection } }: Surroundings): SeenLink {
  if (link?.model) return link as SeenLink;
  throw new Told(
    connection.reason ?? 'No yard is connected: run “Gityard: Connect to a Yard”, or start gityard serve.',
  );
}

export function register(command: Command, surroundings: Surroundings): vscode.Disposable {
  return vscode.commands.registerCommand(command.id, async (row?: Row) => {
    try {
      await command.run(surroundings, row);
    } catch (error) {
      await show(error);
    }
  });
}

const SIGN_IN = 'Sign In…';

async function show(error: unknown): Promise<void> {
  if (error instanceof ApiError && error.problem.status === 401) {
    const text = `The server wants to know who asks: ${error.problem.detail}`;
    if ((await vscode.window.showErrorMessage(text, SIGN_IN)) === SIGN_IN)
      await vscode.commands.executeCommand('gityard.signIn');
    return;
  }
  if (error instanceof Told || error instanceof ApiError) await vscode.window.showErrorMessage(error.message);
  else if (error instanceof TypeError && error.message === 'fetch failed')
    await vscode.window.showErrorMessage('The server of the yard cannot be reached; nothing was done.');
  else await vscode.window.showErrorMessage(error instanceof Error ? error.message : `${error}`);
}
