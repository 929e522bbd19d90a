/** Azurite, which speaks as Azure Blob Storage does. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@gityard/testing';
import { type Running, startProgram } from './programs.ts';

const PEERS = fileURLToPath(new URL('../../../testing/peers/node_modules/', import.meta.url));
export const AZURITE_PROGRAM = join(PEERS, 'azurite', 'dist', 'src', 'blob', 'main.js');
export const AZURITE_ACCOUNT = 'builds';
export const AZURITE_KEY = Buffer.from('a key that only these specs know').toString('base64');

export interface Azurite extends Running {
  readonly endpoint: string;
}

export async function startAzurite(folder: string): Promise<Azurite> {
  const port = await freePort();
  const words = ['--silent', '--skipApiVersionCheck', '--location', folder, '--blobPort', String(port)];
  const running = await startProgram([process.execPath, AZURITE_PROGRAM, ...words], {
    ports: [port],
    folder,
    environment: { AZURITE_ACCOUNTS: `${AZURITE_ACCOUNT}:${AZURITE_KEY}` },
  });
  return { ...running, endpoint: `http://127.0.0.1:${port}/${AZURITE_ACCOUNT}` };
}
