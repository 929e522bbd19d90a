import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command as install } from '../../commands/agent/install.ts';
import { GLOBAL_FLAGS } from '../../globals.ts';
import { contentOf, serviceFacts } from '../facts.fixture.ts';
import type { ServiceFacts } from '../facts.ts';
import { bytesOf } from '../perform/files.ts';
import { schtasks } from './schtasks.ts';

const XSD = fileURLToPath(new URL('task.fixture.xsd', import.meta.url));

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const onWindows = (fields: Partial<ServiceFacts> = {}): ServiceFacts =>
  serviceFacts({
    user: 'S-1-5-19',
    uid: null,
    program: ['C:\\Program Files\\nodejs\\node.exe', 'C:\\npm\\gityard\\main.js'],
    home: 'C:\\ProgramData\\gityard\\agents\\build1',
    userHome: 'C:\\ProgramData\\gityard\\agents\\build1',
    path: 'C:\\Windows\\system32;C:\\Program Files\\Git\\cmd',
    folders: { ...serviceFacts().folders, config: 'C:\\ProgramData\\gityard' },
    ...fields,
  });
const planned = (fields?: Partial<ServiceFacts>) => schtasks.plan(onWindows(fields)).steps;

/** The answer of a question to the task as it lies on the disk, which has to fit the schema. */
async function asked(fields: Partial<ServiceFacts>, xpath: string): Promise<string> {
  const path = join(folder.path, 'task.xml');
  await writeFile(path, bytesOf({ content: contentOf(planned(fields), '.task.xml'), encoding: 'utf16le' }));
  await promisify(execFile)('xmllint', ['--noout', '--nonet', '--schema', XSD, path]);
  const { stdout } = await promisify(execFile)('xmllint', ['--nonet', '--xpath', `string(${xpath})`, path]);
  return stdout.replace(/\n$/, '');
}

describe('a task of Windows', () => {
  it('is begun at every tick and when the machine starts, never twice, and never ended for its age', async () => {
    expect(await asked({ intervalSeconds: 90 }, '//*[local-name()="TimeTrigger"]//*[local-name()="Interval"]')).toBe(
      'PT90S',
    );
    expect(await asked({}, 'count(//*[local-name()="BootTrigger"])')).toBe('1');
    expect(await asked({}, '//*[local-name()="MultipleInstancesPolicy"]')).toBe('IgnoreNew');
    expect(await asked({}, '//*[local-name()="ExecutionTimeLimit"]')).toBe('PT0S');
    expect(await asked({}, '//*[local-name()="StopIfGoingOnBatteries"]')).toBe('false');
  });

  it('runs as LocalService, or as an account without its password', async () => {
    expect(await asked({}, '//*[local-name()="UserId"]')).toBe('S-1-5-19');
    expect(await asked({}, 'count(//*[local-name()="LogonType"])')).toBe('0');
    expect(await asked({ user: 'ACME\\build' }, '//*[local-name()="UserId"]')).toBe('ACME\\build');
    expect(await asked({ user: 'ACME\\build' }, '//*[local-name()="LogonType"]')).toBe('S4U');
  });

  it('names its batch file as it is, with whatever a path may hold', async () => {
    const folders = { ...serviceFacts().folders, config: "D:\\R & D <x>'s" };

    expect(await asked({ folders }, '//*[local-name()="Arguments"]')).toBe(`/d /c ""D:\\R & D <x>'s\\build1.run.cmd""`);
  });

  it('is refused where Windows could not keep it', () => {
    const refused = expect.objectContaining({ code: 'USAGE' });

    expect(() => planned({ intervalSeconds: 59 })).toThrow(refused);
    expect(() => planned({ intervalSeconds: 31 * 86_400 + 1 })).toThrow(refused);
    expect(() => planned({ flags: ['--labels', 'a"&calc&"'] })).toThrow(refused);
    expect(() => planned({ folders: { ...serviceFacts().folders, config: 'C:\\100%PATH%' } })).toThrow(refused);
  });

  it('is made and begun by the programs of Windows, word for word', () => {
    const commands = planned().flatMap((it) => (it.kind === 'command' ? [it.words] : []));

    expect(commands).toContainEqual([
      'icacls',
      'C:\\ProgramData\\gityard\\agents\\build1',
      '/grant',
      '*S-1-5-19:(OI)(CI)M',
    ]);
    expect(commands.slice(-2)).toEqual([
      ['schtasks', '/Create', '/TN', '\\Gityard\\build1', '/XML', 'C:\\ProgramData\\gityard\\build1.task.xml', '/F'],
      ['schtasks', '/Run', '/TN', '\\Gityard\\build1'],
    ]);
  });
});

describe('the batch file of a task', () => {
  it('means every word as it stands: spaces, percent signs, ampersands, backslashes', () => {
    const lines = contentOf(
      planned({ flags: ['--labels', '100%PATH% & calc ^| !x!', '--pool', 'a\\'], tokenFile: 'C:\\a&b\\t%1' }),
      '.run.cmd',
    ).split('\r\n');

    expect(lines).toContain('set "GITYARD_TOKEN_FILE=C:\\a&b\\t%%1"');
    expect(lines).toContain('setlocal EnableExtensions DisableDelayedExpansion');
    expect(lines.at(-3)).toBe(
      '"C:\\Program Files\\nodejs\\node.exe" "C:\\npm\\gityard\\main.js" "agent" "run" "--agent" "build1" "--labels" ' +
        '"100%%PATH%% & calc ^| !x!" "--pool" "a\\\\" "--log-file" "C:\\ProgramData\\gityard\\agents\\build1\\agent.log" ' +
        '>>"C:\\ProgramData\\gityard\\agents\\build1\\agent.log" 2>&1',
    );
  });
});

describe('install.ps1', () => {
  it('says nothing to the program that it does not take, and has the parameters of the old installer', async () => {
    const text = await readFile(new URL('../../../windows/install.ps1', import.meta.url), 'utf8');
    const flags = [...text.matchAll(/'--([a-z-]+)'/g)].map(([, name = '']) => name);
    const known = { ...GLOBAL_FLAGS, ...install.parameters };
    const names = Object.keys(known).map((it) => it.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));

    expect(flags.length).toBeGreaterThan(5);
    expect(flags.filter((it) => !names.includes(it))).toEqual([]);
    expect(text).toMatch(/\[string\] \$ScriptPath,/);
    expect(text).toMatch(/\[int\] \$IntervalSeconds = 60,/);
  });
});
