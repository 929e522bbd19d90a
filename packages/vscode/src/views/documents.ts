/** Documents that the yard is asked for when they are opened: why a job waits, what a message says. Nobody can change them. */
import { messageFrom, sha256 } from '@gityard/domain';
import * as vscode from 'vscode';
import type { ConnectedYard } from '../link/connected-yard.ts';
import type { YardLink } from '../link/yard-link.ts';
import { jobIn } from '../model/job-rows.ts';
import { messageText } from '../model/message-text.ts';
import { whyText } from '../model/why-text.ts';
import { plain } from '../model/words.ts';

export const SCHEME = 'gityard';

type Kind = 'why' | 'message';

interface Shown {
  readonly id: string;
  /** For the tab. */
  readonly title: string;
}

export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #yard: ConnectedYard;

  constructor(yard: ConnectedYard) {
    this.#yard = yard;
  }

  /** As people read it, not as it is written. */
  async show(kind: Kind, { id, title }: Shown): Promise<void> {
    const name = `${kind} ${title}`
      .replaceAll(/[^\w.@-]+/g, ' ')
      .slice(0, 60)
      .trim();
    const address = vscode.Uri.from({ scheme: SCHEME, path: `/${kind}/${id}/${name}.md` });
    // The editor keeps what it was told when it was last opened.
    this.#changed.fire(address);
    await vscode.commands.executeCommand('markdown.showPreview', address);
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const { link } = this.#yard;
    const [, kind, id] = /^\/(why|message)\/([^/]+)\//.exec(path) ?? [];
    if (id === undefined) return `# Gityard\n\nthere is no ${plain(path)}\n`;
    if (!link) return '# Gityard\n\nNo yard is connected.\n';
    try {
      return kind === 'why' ? await why(link, id) : await message(link, id);
    } catch (error) {
      return `# Gityard\n\n${plain((error as Error).message)}\n`;
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
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
