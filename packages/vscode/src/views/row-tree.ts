/** A tree of the editor whose rows are worked out anew from every snapshot; what is open stays open. */
import * as vscode from 'vscode';
import type { ConnectedYard } from '../link/connected-yard.ts';
import type { YardLink } from '../link/yard-link.ts';
import { paged, type Row } from '../model/row.ts';

type RowsOf = (link: YardLink & { readonly model: NonNullable<YardLink['model']> }) => readonly Row[];

export class RowTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #yard: ConnectedYard;
  readonly #rowsOf: RowsOf;
  readonly #subscription: vscode.Disposable;
  /** How many pages of a level are shown. */
  readonly #pages = new Map<string, number>();

  constructor(yard: ConnectedYard, rowsOf: RowsOf) {
    this.#yard = yard;
    this.#rowsOf = rowsOf;
    this.#subscription = yard.onDidChange(() => this.#changed.fire(undefined));
  }

  getChildren(row?: Row): Row[] {
    const level = row?.key ?? 'top';
    const rows = row ? (row.children ?? []) : this.#top();
    return [...paged(rows, { level, pages: this.#pages.get(level) ?? 1 })];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const isGroup = row.children !== undefined && row.children.length > 0;
    const item = new vscode.TreeItem(row.label, isGroup ? (row.isOpen ? Expanded : Collapsed) : None);
    item.id = row.key;
    item.iconPath = new vscode.ThemeIcon(row.icon.name, row.icon.colour && new vscode.ThemeColor(row.icon.colour));
    item.tooltip = row.tooltip === undefined ? row.label : new vscode.MarkdownString(row.tooltip);
    if (row.description !== undefined) item.description = row.description;
    if (row.context !== undefined) item.contextValue = row.context;
    if (row.command !== undefined) item.command = { command: row.command, title: row.label, arguments: [row] };
    return item;
  }

  showMore(level: string): void {
    this.#pages.set(level, (this.#pages.get(level) ?? 1) + 1);
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #top(): readonly Row[] {
    const { link } = this.#yard;
    return link?.model ? this.#rowsOf(link as Parameters<RowsOf>[0]) : [];
  }
}
