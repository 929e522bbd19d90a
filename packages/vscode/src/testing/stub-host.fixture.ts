/**
 * A stub of the editor: not the real one, but a host that loads the packed script as the real one does, calls it as the real one
 * does, and answers its questions as a spec says. Its members bear the types of the real interface, so that it cannot drift from it;
 * what it does not have throws. Servers, yards, files and time are real.
 */
import { stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Vscode from 'vscode';
import { bundle } from '../../scripts/bundle.ts';
import { CLASSES, ENUMS } from './stub-values.fixture.ts';

type Api = typeof Vscode;
type Some<N extends keyof Api> = Partial<Api[N]>;

interface StubTerminal {
  readonly name: string;
  readonly words: readonly string[];
  text: string;
  isClosed: boolean;
  /** The person presses a key. */
  type(key: string): void;
  close(): void;
}

export interface HostOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly isTrusted?: boolean;
  readonly folder?: string;
  /** What `vscode.git` would tell of the folder. */
  readonly repositories?: readonly object[];
}

/** By what stands in the question: what is typed, or the label of what is chosen. */
export type Answers = readonly (readonly [question: RegExp, answer: string])[];

export type StubHost = Awaited<ReturnType<typeof startHost>>;

let code: Promise<string> | undefined;

export async function startHost({ settings = {}, isTrusted = true, folder, repositories = [] }: HostOptions = {}) {
  code ??= bundle().then((it) => Buffer.from(it.code).toString());
  const { EventEmitter, Disposable, Uri } = CLASSES;
  const config = new Map(Object.entries(settings));
  const configured = new EventEmitter<Vscode.ConfigurationChangeEvent>();
  const [opened, changed, closed] = [
    new EventEmitter<unknown>(),
    new EventEmitter<unknown>(),
    new EventEmitter<unknown>(),
  ];
  const commands = new Map<string, (...args: unknown[]) => unknown>();
  const trees = new Map<string, Vscode.TreeDataProvider<unknown>>();
  const providers = new Map<string, Vscode.TextDocumentContentProvider>();
  const diagnostics = new Map<string, readonly Vscode.Diagnostic[]>();
  const completions: Vscode.CompletionItemProvider[] = [];
  const secrets = new Map<string, string>();
  const terminals: StubTerminal[] = [];
  const items: Vscode.StatusBarItem[] = [];
  const executed: (readonly unknown[])[] = [];
  const asked: string[] = [];
  const told: string[] = [];
  let answers: Answers = [];

  /** Of one that nobody has an answer for, they think better of it. */
  function answerTo(question: string): string | undefined {
    asked.push(question);
    const found = answers.find(([form]) => form.test(question));
    answers = answers.filter((it) => it !== found);
    return found?.[1];
  }
  const message = async (text: string, ...more: unknown[]): Promise<string | undefined> => {
    told.push(text);
    return more.length === 0 ? undefined : answerTo(text);
  };
  const labelOf = (it: unknown): string => (typeof it === 'string' ? it : (it as { label: string }).label);

  const window = {
    createStatusBarItem: (() => {
      const item = { show: () => undefined, dispose: () => undefined } as unknown as Vscode.StatusBarItem;
      items.push(item);
      return item;
    }) as Api['window']['createStatusBarItem'],
    createTreeView: ((id: string, { treeDataProvider }: Vscode.TreeViewOptions<unknown>) => {
      trees.set(id, treeDataProvider);
      return { dispose: () => trees.delete(id) };
    }) as unknown as Api['window']['createTreeView'],
    createTerminal: (({
      name = '',
      pty,
      shellPath,
      shellArgs = [],
    }: Vscode.TerminalOptions & Partial<Vscode.ExtensionTerminalOptions>) => {
      const terminal: StubTerminal = {
        name,
        words: shellPath === undefined ? [] : [shellPath, ...shellArgs],
        text: '',
        isClosed: false,
        type: (key) => pty?.handleInput?.(key),
        close: () => pty?.close(),
      };
      terminals.push(terminal);
      pty?.onDidWrite((text) => {
        terminal.text += text;
      });
      pty?.onDidClose?.(() => {
        terminal.isClosed = true;
      });
      pty?.open(undefined);
      return { show: () => undefined };
    }) as unknown as Api['window']['createTerminal'],
    showQuickPick: (async (choices: readonly unknown[], { title = '' }: Vscode.QuickPickOptions = {}) => {
      const answer = answerTo(title);
      return choices.find((it) => labelOf(it) === answer);
    }) as unknown as Api['window']['showQuickPick'],
    showInputBox: async ({ title = '', validateInput, value }: Vscode.InputBoxOptions = {}) => {
      const answer = answerTo(title);
      const typed = answer === '<as it is>' ? value : answer;
      const problem = typed === undefined ? undefined : await validateInput?.(typed);
      if (problem) throw new Error(`the editor would not take that: ${JSON.stringify(problem)}`);
      return typed;
    },
    showErrorMessage: message as Api['window']['showErrorMessage'],
    showWarningMessage: message as Api['window']['showWarningMessage'],
    showInformationMessage: message as Api['window']['showInformationMessage'],
    setStatusBarMessage: ((text: string) => {
      told.push(text);
      return new Disposable(() => undefined);
    }) as Api['window']['setStatusBarMessage'],
    withProgress: ((_: unknown, task: () => Thenable<unknown>) => task()) as unknown as Api['window']['withProgress'],
  } satisfies Some<'window'>;

  const workspace = {
    isTrusted,
    workspaceFolders:
      folder === undefined ? undefined : [{ uri: Uri.file(folder) as unknown as Vscode.Uri, name: 'folder', index: 0 }],
    textDocuments: [],
    getConfiguration: ((section: string) => ({
      get: (name: string, other: string) => config.get(`${section}.${name}`) ?? other,
      update: async (name: string, value: string) => {
        config.set(`${section}.${name}`, value);
        configured.fire({ affectsConfiguration: (it) => it === `${section}.${name}` });
      },
    })) as unknown as Api['workspace']['getConfiguration'],
    onDidChangeConfiguration: configured.event as Api['workspace']['onDidChangeConfiguration'],
    onDidOpenTextDocument: opened.event as Api['workspace']['onDidOpenTextDocument'],
    onDidChangeTextDocument: changed.event as Api['workspace']['onDidChangeTextDocument'],
    onDidCloseTextDocument: closed.event as Api['workspace']['onDidCloseTextDocument'],
    registerTextDocumentContentProvider: ((scheme: string, provider: Vscode.TextDocumentContentProvider) => {
      providers.set(scheme, provider);
      return new Disposable(() => providers.delete(scheme));
    }) as Api['workspace']['registerTextDocumentContentProvider'],
    fs: {
      stat: (uri: Vscode.Uri) => stat(uri.fsPath),
      writeFile: (uri: Vscode.Uri, bytes: Uint8Array) => writeFile(uri.fsPath, bytes),
    } as unknown as Vscode.FileSystem,
  } satisfies Some<'workspace'>;

  const api = {
    ...CLASSES,
    ...ENUMS,
    window: strict('window', window),
    workspace: strict('workspace', workspace),
    commands: strict('commands', {
      registerCommand: ((id: string, run: (...args: unknown[]) => unknown) => {
        if (commands.has(id)) throw new Error(`command ${id} is registered twice`);
        commands.set(id, run);
        return new Disposable(() => commands.delete(id));
      }) as Api['commands']['registerCommand'],
      executeCommand: (async (...words: unknown[]) => {
        executed.push(words);
        return commands.get(`${words[0]}`)?.(...words.slice(1));
      }) as Api['commands']['executeCommand'],
    } satisfies Some<'commands'>),
    languages: strict('languages', {
      createDiagnosticCollection: (() => ({
        set: (uri: Vscode.Uri, found: readonly Vscode.Diagnostic[]) => void diagnostics.set(uri.toString(), found),
        delete: (uri: Vscode.Uri) => void diagnostics.delete(uri.toString()),
        dispose: () => undefined,
      })) as unknown as Api['languages']['createDiagnosticCollection'],
      registerCompletionItemProvider: ((_: unknown, provider: Vscode.CompletionItemProvider) => {
        completions.push(provider);
        return new Disposable(() => undefined);
      }) as Api['languages']['registerCompletionItemProvider'],
    } satisfies Some<'languages'>),
    env: strict('env', {
      openExternal: async (uri: Vscode.Uri) => {
        executed.push(['open', uri.toString()]);
        return true;
      },
    } satisfies Some<'env'>),
    extensions: strict('extensions', {
      getExtension: ((id: string) =>
        id === 'vscode.git'
          ? { activate: async () => ({ getAPI: () => ({ repositories }) }) }
          : undefined) as unknown as Api['extensions']['getExtension'],
    } satisfies Some<'extensions'>),
  };

  const require = createRequire(import.meta.url);
  const module = { exports: {} as { activate(context: object): Promise<void> } };
  const load = new Function('require', 'module', 'exports', await code);
  load((name: string) => (name === 'vscode' ? strict('vscode', api) : require(name)), module, module.exports);
  const subscriptions: { dispose(): unknown }[] = [];
  await module.exports.activate({
    secrets: {
      get: async (name: string) => secrets.get(name),
      store: async (name: string, value: string) => void secrets.set(name, value),
      delete: async (name: string) => void secrets.delete(name),
    },
    subscriptions,
    globalStorageUri: Uri.file('/nowhere'),
  });

  return {
    ...{ commands, trees, terminals, executed, asked, told, secrets, config },
    get status(): Vscode.StatusBarItem {
      const [item] = items;
      if (!item) throw new Error('nothing is in the status bar');
      return item;
    },
    /** As if the person had called it, on a row or from the palette. */
    run: async (id: string, row?: unknown, given: Answers = []): Promise<void> => {
      answers = given;
      const command = commands.get(id);
      if (!command) throw new Error(`there is no command ${id}`);
      await command(...(row === undefined ? [] : [row]));
    },
    read: async (uri: Vscode.Uri) =>
      `${await providers.get(uri.scheme)?.provideTextDocumentContent(uri, undefined as never)}`,
    open: (path: string, text: string) => {
      const document = documentOf(Uri.file(path) as unknown as Vscode.Uri, text);
      opened.fire(document);
      return {
        found: () => diagnostics.get(document.uri.toString()),
        type: (next: string) =>
          changed.fire({ document: Object.assign(document, { text: next, version: document.version + 1 }) }),
        document,
      };
    },
    complete: async (document: unknown, position: { line: number; character: number }) => {
      const all = await Promise.all(
        completions.map((it) =>
          it.provideCompletionItems(document as never, position as never, undefined as never, undefined as never),
        ),
      );
      return (all.flat() as Vscode.CompletionItem[]).map(({ label }) => label);
    },
    dispose: () => {
      for (const it of subscriptions.reverse()) it.dispose();
    },
  };
}

function documentOf(uri: Vscode.Uri, text: string) {
  const { Position } = CLASSES;
  return {
    ...{ uri, text, version: 1, isClosed: false },
    getText() {
      return this.text;
    },
    lineAt(line: number) {
      return { text: this.text.split('\n')[line] ?? '' };
    },
    positionAt(offset: number) {
      const before = this.text.slice(0, offset).split('\n');
      return new Position(before.length - 1, before.at(-1)?.length ?? 0);
    },
  };
}

/** What it does not have is told of by its name. */
const strict = <T extends object>(place: string, members: T): T =>
  new Proxy(members, {
    get: (target, name) => {
      if (name in target || typeof name === 'symbol') return Reflect.get(target, name);
      throw new Error(`the stub host has no ${place}.${String(name)}`);
    },
  });
