import { describe, expect, it } from 'vitest';
import { readLine } from './read-line.ts';

describe('read-line', () => {
  it.each([
    ['/w/C.cs(1,68): error CS1002: ; expected [/w/app.csproj]', 'error'],
    ["/w/C.cs(1,68): warning CS0168: 'x' is never used [/w/app.csproj]", 'warning'],
    ['MSBUILD : error MSB1009: Project file does not exist.', 'error'],
    ["src/a.ts(3,4): error TS2322: Type 'string' is not assignable", 'error'],
    ['main.c:3:5: fatal error: nope.h: No such file', 'error'],
    ['main.c:3:5: warning: unused variable', 'warning'],
    ['error: no such command', 'error'],
    ['[ERROR] Failed to execute goal', 'error'],
    ['[WARNING] Using platform encoding', 'warning'],
    ['::error file=a.js,line=1::broken', 'error'],
    ['::warning::careful', 'warning'],
  ])('reads %j as %s', (line, kind) => {
    expect(readLine(line)).toBe(kind);
  });

  it.each([
    '    0 Error(s)',
    '    1 Warning(s)',
    'no errors',
    'compiling error.c',
    'Build succeeded.',
    '[ERROR] ',
    'errors: 0',
    '',
  ])('reads nothing into %j', (line) => {
    expect(readLine(line)).toBeNull();
  });
});
