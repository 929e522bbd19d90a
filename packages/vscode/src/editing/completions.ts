/** Completion where a schema does not reach: names of the fleet in the inbox, and the fields of a gityard.yml. */
import * as vscode from 'vscode';
import type { ConnectedYard } from '../link/connected-yard.ts';
import { kindOf } from './check-files.ts';
import { fleetOf } from './fleet-names.ts';
import { namesAt, recipeFieldsAt } from './offer.ts';

const FILES: vscode.DocumentSelector = [{ pattern: '**/queue/*.json' }, { pattern: '**/gityard.{yml,yaml}' }];

export function completions(yard: ConnectedYard): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    FILES,
    {
      provideCompletionItems: async (document, position) => {
        const kind = await kindOf(document);
        const { text: line } = document.lineAt(position.line);
        const before = line.slice(0, position.character);
        if (kind === 'recipe')
          return recipeFieldsAt(before).map((it) => item(it.name, it.detail, vscode.CompletionItemKind.Property));
        const model = yard.link?.model;
        if (kind !== 'queue' || !model) return [];
        return namesAt(before, fleetOf(model)).map((it) => item(it.name, it.detail, vscode.CompletionItemKind.Value));
      },
    },
    '"',
  );
}

function item(name: string, detail: string, kind: vscode.CompletionItemKind): vscode.CompletionItem {
  const it = new vscode.CompletionItem(name, kind);
  it.detail = detail;
  return it;
}
