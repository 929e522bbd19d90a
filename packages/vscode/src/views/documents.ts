/** Documents that the yard is asked for when they are opened: why a job waits, what a message says. Nobody can change them. */
import { messageFrom, sha256 } from '@gityard/domain';
import * as vscode from 'vscode';
import type { ConnectedYard } from '../link/connected-yard.ts';
import type { YardLink } from '../link/yard-link.ts';
import { jobIn } from '../model/job-rows.ts';
import { messageText } from '../model/message-text.ts';
import { whyText } from '../model/why-text.ts';

export const SCHEME = 'gityard';
type Kind = 'why' | 'message';

const documentAddress = (kind: Kind, id: string): vscode.Uri =>
  vscode.Uri.from({ scheme: SCHEME, path: `/${kind}/${id}.md` });

/** As people read it, not as it is written. */
export async function showDocument(kind: Kind, id: string): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', documentAddress(kind, id));
}

export function documents(yard: ConnectedYard): vscode.TextDocumentContentProvider {
  return {
    provideTextDocumentContent: async ({ path }) => {
      const [, kind, id] = /^\/(why|message)\/([^/]+)\.md$/.exec(path) ?? [];
      if (id === undefined) return `# Gityard\n\nthere is no ${path}\n`;
      if (!yard.link) return '# Gityard\n\nNo yard is connected.\n';
      try {
        return kind === 'why' ? await why(yard.link, id) : await message(yard.link, id);
      } catch (error) {
        return `# Gityard\n\n${(error as Error).message}\n`;
      }
    },
  };
}

async function why(link: YardLink, id: string): Promise<string> {
  const explanation = await link.call('explainBuild', { params: { id } });
  return whyText({ explanation, job: link.model && jobIn(link.model, id), now: link.now() });
}

async function message(link: YardLink, id: string): Promise<string> {
  const path = `shared/messages/${sha256(id).slice(0, 2)}/${id}.json`;
  const bytes = await link.call('readFile', { params: { place: 'state', path } });
  const read = messageFrom(JSON.parse(new TextDecoder().decode(bytes)));
  if (!read.ok) throw new Error(`message ${id} cannot be read: ${read.reason}`);
  return messageText(read.value);
}
