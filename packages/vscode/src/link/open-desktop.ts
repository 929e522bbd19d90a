/** Opens a remote desktop with what the system of this editor has for it. */
import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { freeRdpWords, rdpFile } from '../model/remote-access.ts';

interface Machine {
  readonly host: string;
  readonly user: string;
}

export async function openDesktop(machine: Machine, storage: vscode.Uri): Promise<void> {
  if (process.platform !== 'win32' && process.platform !== 'darwin') {
    const words = { name: `desktop of ${machine.host}`, shellPath: 'xfreerdp', shellArgs: [...freeRdpWords(machine)] };
    vscode.window.createTerminal(words).show();
    return;
  }
  await vscode.workspace.fs.createDirectory(storage);
  const file = vscode.Uri.joinPath(storage, 'agent.rdp');
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(rdpFile(machine)));
  if (process.platform === 'darwin') await vscode.env.openExternal(file);
  else spawn('mstsc.exe', [file.fsPath], { detached: true, stdio: 'ignore' }).unref();
}
