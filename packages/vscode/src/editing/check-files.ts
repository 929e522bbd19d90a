/** Shows what is wrong with the files of a yard while they are written. */
import * as vscode from 'vscode';
import type { ConnectedYard } from '../link/connected-yard.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { fleetOf } from './fleet-names.ts';
import { lintFile } from './lint-file.ts';
import type { Finding } from './parsed.ts';

/** While somebody types. */
const PAUSE_MS = 250;

export function checkFiles(yard: ConnectedYard): vscode.Disposable {
  const shown = vscode.languages.createDiagnosticCollection('gityard');
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  async function check(document: vscode.TextDocument): Promise<void> {
    const kind = await kindOf(document);
    if (!kind) return;
    const { version } = document;
    const name = document.uri.path.split('/').at(-1) ?? '';
    const model = yard.link?.model;
    const findings = await lintFile(kind, { name, text: document.getText(), fleet: model && fleetOf(model) });
    if (!document.isClosed && document.version === version)
      shown.set(
        document.uri,
        findings.map((it) => diagnosticOf(document, it)),
      );
  }

  function soon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => void check(document), PAUSE_MS),
    );
  }

  for (const document of vscode.workspace.textDocuments) void check(document);
  return vscode.Disposable.from(
    shown,
    vscode.workspace.onDidOpenTextDocument((document) => void check(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri)),
    new vscode.Disposable(() => {
      for (const timer of waiting.values()) clearTimeout(timer);
    }),
  );
}

/** Folders that are called `queue` are many; one of a yard has a yard.json beside it. */
export async function kindOf({ uri }: Pick<vscode.TextDocument, 'uri'>): Promise<FileKind | undefined> {
  const kind = uri.scheme === 'file' || uri.scheme === 'vscode-remote' ? fileKind(uri.path) : undefined;
  if (kind !== 'queue') return kind;
  const beside = vscode.Uri.joinPath(uri, '..', '..', 'yard.json');
  return vscode.workspace.fs.stat(beside).then(
    () => kind,
    () => undefined,
  );
}

function diagnosticOf(document: vscode.TextDocument, { level, from, to, text }: Finding): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
  const { Error: error, Warning } = vscode.DiagnosticSeverity;
  const diagnostic = new vscode.Diagnostic(range, text, level === 'error' ? error : Warning);
  diagnostic.source = 'gityard';
  return diagnostic;
}
