/** The small classes of the editor's interface, as far as the extension makes such values. Typed against the real ones. */
import { posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Vscode from 'vscode';

class Disposable {
  readonly #call: () => unknown;
  constructor(call: () => unknown) {
    this.#call = call;
  }
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.map((it) => it.dispose()));
  }
  dispose(): unknown {
    return this.#call();
  }
}

class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => unknown>();
  readonly event = (listener: (event: T) => unknown): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };
  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

class Uri {
  readonly scheme: string;
  readonly path: string;
  private constructor(scheme: string, path: string) {
    this.scheme = scheme;
    this.path = path;
  }
  static from({ scheme, path = '' }: { scheme: string; path?: string }): Uri {
    return new Uri(scheme, path);
  }
  static file(path: string): Uri {
    return new Uri('file', pathToFileURL(path).pathname);
  }
  static parse(text: string): Uri {
    const { protocol } = new URL(text);
    return new Uri(protocol.slice(0, -1), text.slice(protocol.length));
  }
  static joinPath({ scheme, path }: Uri, ...parts: string[]): Uri {
    return new Uri(scheme, posix.join(path, ...parts));
  }
  get fsPath(): string {
    return fileURLToPath(`file://${this.path}`);
  }
  toString(): string {
    return `${this.scheme}:${this.path}`;
  }
}

class TreeItem {
  label: string;
  collapsibleState: number;
  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}
class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}
class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;
  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}
class MarkdownString {
  value: string;
  constructor(value = '') {
    this.value = value;
  }
}
class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}
class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}
class Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;
  constructor(range: Range, message: string, severity = 0) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}
class CompletionItem {
  readonly label: string;
  readonly kind: number | undefined;
  constructor(label: string, kind?: number) {
    this.label = label;
    this.kind = kind;
  }
}

type Api = typeof Vscode;
export const CLASSES = {
  Disposable,
  EventEmitter,
  TreeItem,
  ThemeColor,
  ThemeIcon,
  MarkdownString,
  Position,
  Range,
  Diagnostic,
  CompletionItem,
  Uri,
} satisfies { readonly [K in keyof Api]?: unknown };
export const ENUMS = {
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  StatusBarAlignment: { Left: 1, Right: 2 },
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  CompletionItemKind: { Property: 9, Value: 11 },
  ConfigurationTarget: { Global: 1, Workspace: 2, WorkspaceFolder: 3 },
  ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
} satisfies { readonly [E in keyof Api]?: { readonly [K in keyof Api[E]]?: Api[E][K] | number } };
