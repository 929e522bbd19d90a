import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf, HOSTILE, serviceFacts } from '../facts.fixture.ts';
import type { ServiceFacts } from '../facts.ts';
import { launchd } from './launchd.ts';
import { forNewsyslog } from './plist.ts';

const DTD = fileURLToPath(new URL('property-list.fixture.dtd', import.meta.url));
/** Those of launchd.plist(5) that are in use here, each with the kind of its value. */
const KEYS: Readonly<Record<string, string>> = {
  Label: 'string',
  ProgramArguments: 'array',
  UserName: 'string',
  RunAtLoad: 'true',
  KeepAlive: 'dict',
  ThrottleInterval: 'integer',
  ExitTimeOut: 'integer',
  ProcessType: 'string',
  SoftResourceLimits: 'dict',
  StandardOutPath: 'string',
  StandardErrorPath: 'string',
};

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const plistOf = (fields: Partial<ServiceFacts>): string =>
  contentOf(launchd.plan(serviceFacts(fields)).steps, '.plist');

/** The answer of a question to the list, which has to fit its grammar. */
async function asked(plist: string, xpath: string): Promise<string> {
  const path = join(folder.path, 'job.plist');
  await writeFile(path, plist);
  await promisify(execFile)('xmllint', ['--noout', '--nonet', '--dtdvalid', DTD, path]);
  const { stdout } = await promisify(execFile)('xmllint', ['--nonet', '--xpath', xpath, path]);
  return stdout.trim();
}

describe('a job of launchd', () => {
  it('is a property list of keys that launchd knows', async () => {
    for (const scope of ['system', 'user'] as const) {
      const plist = plistOf({ scope });
      const count = Number(await asked(plist, 'count(/plist/dict/key)'));
      for (let at = 1; at <= count; at += 1) {
        const [key, kind] = (
          await asked(
            plist,
            `concat(/plist/dict/key[${at}], " ", name(/plist/dict/key[${at}]/following-sibling::*[1]))`,
          )
        ).split(' ');
        expect([key, kind]).toEqual([key, KEYS[key ?? '']]);
      }
    }
  });

  it('is started again when it failed, as soon as was asked for, and given time to finish', async () => {
    const plist = plistOf({ intervalSeconds: 90, drainSeconds: 1800 });
    const answerTo = (key: string): Promise<string> =>
      asked(plist, `string(/plist/dict/key[.="${key}"]/following-sibling::*[1])`);

    expect(await answerTo('ThrottleInterval')).toBe('90');
    expect(await answerTo('ExitTimeOut')).toBe('1860');
    expect(await answerTo('UserName')).toBe('gityard');
    expect(
      await asked(
        plist,
        'name(/plist/dict/key[.="KeepAlive"]/following-sibling::*[1]/key[.="SuccessfulExit"]/following-sibling::*[1])',
      ),
    ).toBe('false');
  });

  it('holds every word as it was written', async () => {
    for (const word of HOSTILE) {
      const config = `/Library/${word}`;
      const plist = plistOf({ folders: { ...serviceFacts().folders, config } });

      expect(await asked(plist, 'string(/plist/dict/array/string[2])')).toBe(`${config}/build1.run.sh`);
    }
  });

  it('belongs to the machine, or to one person, and is loaded and unloaded there', () => {
    const commands = (fields: Partial<ServiceFacts>): string[] =>
      launchd.plan(serviceFacts(fields)).steps.flatMap((it) => (it.kind === 'command' ? [it.words.join(' ')] : []));

    expect(commands({})).toEqual([
      'launchctl bootout system/io.gityard.agent.build1',
      'launchctl bootstrap system /Library/LaunchDaemons/io.gityard.agent.build1.plist',
    ]);
    expect(commands({ scope: 'user', uid: 501 })[0]).toBe('launchctl bootout gui/501/io.gityard.agent.build1');
    expect(launchd.undo(serviceFacts()).before.map((it) => it.words)).toEqual([
      ['launchctl', 'bootout', 'system/io.gityard.agent.build1'],
    ]);
  });

  it('has its log kept small, wherever that is', () => {
    expect(forNewsyslog({ log: '/a b/c#d', user: 'build' }).split('\n')[1]).toBe('/a\\ b/c\\#d build: 600 1 10240 * N');
  });
});
