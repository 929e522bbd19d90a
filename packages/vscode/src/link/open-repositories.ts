/** The Git repositories that are open in this window, as the editor's own Git extension knows them. */
import * as vscode from 'vscode';
import type { OpenRepository } from '../model/wishes.ts';

/** As much of the interface of `vscode.git`, version 1, as is used. */
interface GitExtension {
  getAPI(version: 1): { readonly repositories: readonly GitRepository[] };
}
interface GitRepository {
  readonly state: {
    readonly HEAD:
      | {
          readonly name?: string;
          readonly commit?: string;
          readonly ahead?: number;
          readonly upstream?: { readonly remote: string };
        }
      | undefined;
    readonly remotes: readonly { readonly name: string; readonly fetchUrl?: string; readonly pushUrl?: string }[];
  };
}

export async function openRepositories(): Promise<readonly OpenRepository[]> {
  const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!git) return [];
  const { repositories } = (await git.activate()).getAPI(1);
  return repositories.map(({ state: { HEAD, remotes } }) => {
    const wanted = HEAD?.upstream?.remote ?? 'origin';
    const remote = remotes.find(({ name }) => name === wanted) ?? remotes[0];
    return {
      remote: remote?.fetchUrl ?? remote?.pushUrl,
      branch: HEAD?.name,
      commit: HEAD?.commit,
      ahead: HEAD?.ahead ?? 0,
    };
  });
}
