import { describe, expect, it } from 'vitest';
import { openBoundedReader } from './bounded-reader.ts';
import { openOutputReader } from './output-reader.ts';
import { openProblemBook } from './problem-book.ts';

function read(output: string, source = '/w') {
  const problems = openProblemBook(source);
  const reader = openOutputReader({ problems });
  const counts = reader.read(Buffer.from(`${output}\n`));
  const told = problems.list().map((it) => {
    const place = [it.path, it.line, it.column].filter((part) => part !== null).join(':');
    return `${it.level} ${place} [${it.code ?? ''}] ${it.message}`;
  });
  return { told, counts, codes: reader.codes };
}

describe('built-in-matchers', () => {
  it.each([
    ['/w/src/C.cs(1,68): error CS1002: ; expected [/w/app.csproj]', 'error src/C.cs:1:68 [CS1002] ; expected'],
    [
      "/w/C.cs(7,5,7,9): warning CS0168: 'x' is never used [/w/app.csproj]",
      "warning C.cs:7:5 [CS0168] 'x' is never used",
    ],
    ['/w/a.csproj : error NU1100: Unable to resolve it [/w/a.sln]', 'error a.csproj [NU1100] Unable to resolve it'],
    ['MSBUILD : error MSB1009: Project file does not exist.', 'error  [MSB1009] Project file does not exist.'],
    ["src/a.ts(3,4): error TS2322: Type 'string' is wrong", "error src/a.ts:3:4 [TS2322] Type 'string' is wrong"],
    ['\u001b[96msrc/a.ts\u001b[0m:3:4 - \u001b[91merror\u001b[0m TS2322: Wrong', 'error src/a.ts:3:4 [TS2322] Wrong'],
    ['main.c:3:5: fatal error: nope.h: No such file', 'error main.c:3:5 [] nope.h: No such file'],
    ['./lib/main.c:3:5: warning: unused [-Wunused-variable]', 'warning lib/main.c:3:5 [-Wunused-variable] unused'],
    ['src/Foo.java:12: error: cannot find symbol', 'error src/Foo.java:12 [] cannot find symbol'],
    [
      '[ERROR] /w/src/main/java/Foo.java:[3,8] cannot find symbol',
      'error src/main/java/Foo.java:3:8 [] cannot find symbol',
    ],
    ['[WARNING] Using platform encoding', 'warning  [] [WARNING] Using platform encoding'],
    ['./cmd/main.go:3:4: undefined: x', 'error cmd/main.go:3:4 [] undefined: x'],
    ['/w/a.js: line 3, col 4, Warning - Unused. (no-unused-vars)', 'warning a.js:3:4 [no-unused-vars] Unused.'],
    ['::error file=a.js,line=1,col=2,title=No%2C no::it is%0Abroken', 'error a.js:1:2 [] No, no: it is broken'],
    ['::notice::look here', 'notice  [] look here'],
    ['error: no such command', 'error  [] error: no such command'],
    ['/etc/x.c:3:5: error: elsewhere', 'error  [] elsewhere'],
    ['../x.c:3:5: error: above', 'error  [] above'],
  ])('reads %j', (line, told) => {
    expect(read(line).told).toEqual([told]);
  });

  it('reads the blocks of eslint, wherever they are cut, and forgets a file when its block ends', () => {
    const output =
      '/w/a.js\n  1:5  error  Missing it  no-undef\n  2:1  warning  Unused\n\n  3:1  error  of no file  x\n';
    const problems = openProblemBook('/w');
    const reader = openOutputReader({ problems });

    for (const byte of Buffer.from(output)) reader.read(Uint8Array.of(byte));

    expect(problems.list().map(({ level, path, line, code }) => [level, path, line, code])).toEqual([
      ['error', 'a.js', 1, 'no-undef'],
      ['warning', 'a.js', 2, null],
    ]);
  });

  it('reads a line behind progress that was drawn over itself', () => {
    expect(read('10%\r50%\rmain.c:3:5: error: broken').told).toEqual(['error main.c:3:5 [] broken']);
  });

  it('counts by code, errors first and the most frequent before others', () => {
    const lines = [
      'a.cs(1,1): warning CS1: x',
      'a.cs(2,1): warning CS1: x',
      'a.cs(3,1): error CS2: y',
      'a.cs(4,1): warning CS3: z',
    ];

    const { codes, counts } = read(lines.join('\n'));

    expect(codes.text()).toBe('CS2, CS1 ×2, CS3');
    expect(codes.text('error')).toBe('CS2');
    expect(counts).toEqual({ warnings: 3, errors: 1 });
  });

  it('keeps the first findings, errors before warnings, each of them once', () => {
    const lines = Array.from({ length: 1_000 }, (_, row) => `a.c:${row}:1: warning: w\nb.c:${row}:1: error: e`);

    const { told } = read([...lines, ...lines].join('\n'));

    expect([told.length, told[0], told[200]]).toEqual([400, 'error b.c:0:1 [] e', 'warning a.c:0:1 [] w']);
  });
});

describe('bounded-reader', () => {
  it('reads with matchers of a recipe, several expressions for lines that follow each other', () => {
    const matcher = {
      owner: 'own',
      severity: 'warning' as const,
      pattern: [
        { regexp: '^in (.*)$', file: 1 },
        { regexp: '^ {2}at (\\d+) (.*)$', line: 1, message: 2, loop: true },
      ],
    };
    const problems = openProblemBook('/w');
    const reader = openOutputReader({ problems, matchers: [matcher] });

    const counts = reader.read(Buffer.from('in x.foo\n  at 3 one\n  at 4 two\nin y.foo\n  at 5 three\n'));

    expect(counts).toEqual({ warnings: 3, errors: 0 });
    expect(problems.list().map(({ path, line }) => `${path}:${line}`)).toEqual(['x.foo:3', 'x.foo:4', 'y.foo:5']);
  });

  it('breaks off an expression that goes astray, says so once, and goes on without it', () => {
    const reader = openBoundedReader([{ owner: 'evil', pattern: [{ regexp: '^(a+)+$', message: 1 }] }]);

    expect(reader.take([`${'a'.repeat(60)}!`, 'x'])).toEqual([null, null]);
    expect(reader.trouble).toContain('take too long, and are left out: evil');
    expect(reader.take(['aaa'])).toEqual([null]);
  });

  it('tells of an expression that is none', () => {
    const reader = openBoundedReader([{ owner: 'odd', pattern: [{ regexp: '(', message: 1 }] }]);

    expect(reader.take(['x'])).toEqual([null]);
    expect(reader.trouble).toContain('cannot be used (odd)');
  });
});
