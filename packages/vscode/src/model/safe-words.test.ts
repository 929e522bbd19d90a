/** What strangers write, before it reaches a terminal, a program or a page of the editor. */
import { noon } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { messageText } from './message-text.ts';
import { checkedHost, checkedUser, freeRdpWords, rdpFile, sshWords } from './remote-access.ts';
import { mayCarrySecrets, serverAddress } from './server-address.ts';
import { terminalLine, terminalNote, withColoursAlone } from './terminal-text.ts';
import { whyText } from './why-text.ts';
import { buildWish, commandWish, commandWords, withoutSecrets } from './wishes.ts';
import { plain } from './words.ts';

const ESC = '\u001b';

describe('terminal-text', () => {
  it('keeps colours and nothing else that a terminal obeys', () => {
    const hostile = [
      `${ESC}]52;c;ZXZpbA==\u0007`,
      `${ESC}]0;title${ESC}\\`,
      `${ESC}[2J${ESC}[6n${ESC}[?1049h${ESC}c`,
      `${ESC}Pq#0${ESC}\\`,
      '\u009b31m\u0007\b\r\u202e',
      `${ESC}]8;;https://evil.example${ESC}\\`,
    ];

    expect(hostile.map(withColoursAlone).join('')).not.toMatch(/[^ -~]/);
    expect(withColoursAlone(`${ESC}[1;31mred${ESC}[0m\tend`)).toBe(`${ESC}[1;31mred${ESC}[0m\tend`);
    expect(withColoursAlone(`${ESC}${ESC}[31m]0;x`)).toBe(`${ESC}[31m]0;x`);
    expect(terminalNote(`a${ESC}[2Jb`)).toBe(`${ESC}[36ma [2Jb${ESC}[0m\r\n`);
  });

  it('shows the time dim and the level by its colour', () => {
    expect(terminalLine('[2026-01-31 12:00:00] ERROR: no')).toBe(
      `${ESC}[2m12:00:00${ESC}[0m ${ESC}[31mno${ESC}[0m\r\n`,
    );
    expect(terminalLine('[2026-01-31 12:00:00] INFO: yes')).toBe(`${ESC}[2m12:00:00${ESC}[0m yes${ESC}[0m\r\n`);
    expect(terminalLine('something else')).toBe(`something else${ESC}[0m\r\n`);
  });
});

describe('remote-access', () => {
  it('takes names and addresses of machines, and nothing else', () => {
    for (const host of ['build1', 'build1.example.org', '10.0.0.1', 'fe80::1', 'BUILD_1', 'xn--bcher-kva.example'])
      expect(checkedHost(host)).toEqual({ ok: true, value: host });
    const hostile = [
      '',
      '-oProxyCommand=id',
      'a b',
      'a;id',
      'a\nusername:s:x',
      '$(id)',
      '`id`',
      'a/../b',
      'user@host',
      'a..b',
      '..',
      'x'.repeat(300),
      'a|b',
      '/v:evil',
    ];
    for (const host of hostile) expect(checkedHost(host), host).toMatchObject({ ok: false });
    for (const user of ['-l', 'a b', 'a\nb', 'a;b']) expect(checkedUser(user), user).toMatchObject({ ok: false });
  });

  it('has the words of each program, with nothing behind the end of options but the host', () => {
    expect(sshWords({ host: 'build1', user: 'ann' })).toEqual(['-l', 'ann', '--', 'build1']);
    expect(sshWords({ host: 'build1', user: '' })).toEqual(['--', 'build1']);
    expect(freeRdpWords({ host: 'fe80::1', user: 'ann' })).toEqual(['/v:[fe80::1]', '/u:ann', '/cert:tofu']);
    expect(rdpFile({ host: 'build1', user: 'ann' }).split('\r\n').slice(0, 2)).toEqual([
      'full address:s:build1',
      'username:s:ann',
    ]);
  });
});

describe('server-address', () => {
  it('reads what people type, and the address with its key', () => {
    expect(serverAddress(' 127.0.0.1:7420 ')).toEqual({ ok: true, value: { url: 'http://127.0.0.1:7420' } });
    expect(serverAddress('https://yard.example/some/page')).toEqual({
      ok: true,
      value: { url: 'https://yard.example' },
    });
    expect(serverAddress('http://localhost:7420/#key=abc')).toEqual({
      ok: true,
      value: { url: 'http://localhost:7420', key: 'abc' },
    });
    for (const typed of ['', 'file:///etc/passwd', 'javascript:alert(1)', 'https://ann:secret@yard.example', 'http://'])
      expect(serverAddress(typed), typed).toMatchObject({ ok: false });
  });

  it('sends secrets to this machine, or encrypted, alone', () => {
    expect(
      ['https://yard.example', 'http://127.0.0.1:7420', 'http://localhost', 'http://[::1]:1'].map(mayCarrySecrets),
    ).not.toContain(false);
    expect(
      ['http://yard.example', 'http://127.0.0.1.evil.example', 'http://localhost.evil'].map(mayCarrySecrets),
    ).not.toContain(true);
  });
});

describe('documents', () => {
  it('escape what strangers write in one line', () => {
    expect(plain('# a\n[b](command:c) <img src=x> `d` $x$')).toBe(
      '\\# a \\[b\\]\\(command\\:c\\) \\<img src=x\\> \\`d\\` \\$x\\$',
    );
  });

  it('keep the body of a message between its fences, whatever it holds', () => {
    const message = {
      id: 'm1',
      from: 'ann',
      to: 'mac',
      type: 'info',
      priority: 'normal',
      subject: '',
      sentAt: noon,
      ackBy: null,
      readBy: {},
      ackedBy: {},
    };
    const text = messageText({ ...message, body: '````\n# out\n<img src=x>' } as Parameters<typeof messageText>[0]);

    expect(text).toContain('\n`````text\n````\n# out\n<img src=x>\n`````\n');
    expect(text).toContain('# no subject');
  });

  it('say whether a job can ever run, and why not', () => {
    const reasons = [{ code: 'no-agent-with', class: 'stuck', text: 'no agent has *fortran*' }] as const;
    const none = { p50: null, p90: null };
    const text = whyText({
      explanation: {
        id: 'b3',
        status: 'queued',
        canEverRun: false,
        position: 2,
        ahead: 1,
        eta: none,
        expectedEnd: none,
        expiresAt: null,
        reasons,
      },
      job: undefined,
      now: noon,
    });

    expect(text).toBe(
      '# b3\n\nJob `b3` is **queued** and **will never run unless someone acts**. It is number 2 of the queue, with 1 job ahead of it.\n\n' +
        '## Why\n\n- ⚠ no agent has \\*fortran\\* (`no-agent-with`)\n',
    );
  });
});

describe('wishes', () => {
  it('leave passwords at home', () => {
    expect(withoutSecrets('https://ann:token@git.example/a.git')).toBe('https://git.example/a.git');
    expect(withoutSecrets('git@git.example:a.git')).toBe('git@git.example:a.git');
  });

  it('are for what agents can fetch', () => {
    const at = { remote: 'https://git.example/a.git', branch: 'main', commit: 'c0ffee', ahead: 0 };

    expect(buildWish(at)).toEqual({ ok: true, value: { repository: at.remote, branch: 'main' } });
    expect(buildWish({ ...at, branch: undefined })).toEqual({
      ok: true,
      value: { repository: at.remote, commit: 'c0ffee' },
    });
    expect(buildWish({ ...at, remote: undefined })).toMatchObject({ ok: false });
    expect(buildWish({ ...at, branch: undefined, commit: undefined })).toMatchObject({ ok: false });
  });

  it('hold a command as a list of words', () => {
    expect(commandWords(`make -C "my app" 'a "b"' x;y`)).toEqual({
      ok: true,
      value: ['make', '-C', 'my app', 'a "b"', 'x;y'],
    });
    expect(commandWords('echo "open')).toMatchObject({ ok: false });
    expect(commandWords("echo 'open")).toMatchObject({ ok: false });
    expect(commandWords(`a"b c"d`)).toEqual({ ok: true, value: ['ab cd'] });
    expect(commandWords('  ')).toMatchObject({ ok: false });
  });

  it('leave out what nobody gave', () => {
    expect(commandWish({ op: 'drain', target: 'mac', args: { reason: '' } }, undefined)).toEqual({
      op: 'drain',
      target: 'mac',
      args: {},
      if: {},
    });
  });
});
