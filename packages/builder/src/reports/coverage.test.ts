import { describe, expect, it } from 'vitest';
import { LineBook } from './coverage/line-book.ts';
import { parseReport } from './parse-report.ts';

async function totals(...texts: string[]) {
  const book = new LineBook();
  for (const text of texts) {
    const parsed = await parseReport(text);
    if (!parsed || !('coverage' in parsed)) throw new Error('no coverage');
    for (const [file, lines] of parsed.coverage) book.add(file, lines);
  }
  return book.totals();
}

const cobertura = (lines: string) => `<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://x/coverage-04.dtd">
<coverage line-rate="0.5" branch-rate="1"><sources><source>/w/</source></sources><packages><package name="p"><classes>
<class name="A" filename="src/A.cs"><methods><method name="M"><lines><line number="1" hits="9"/></lines></method></methods>
<lines>${lines}</lines></class></classes></package></packages></coverage>`;

describe('coverage', () => {
  it('counts lines and branches of Cobertura', async () => {
    const lines = '<line number="1" hits="2" branch="True" condition-coverage="50% (1/2)"/><line number="2" hits="0"/>';

    expect(await totals(cobertura(lines))).toEqual({
      linesCovered: 1,
      linesTotal: 2,
      branchesCovered: 1,
      branchesTotal: 2,
    });
  });

  it('counts a line that two reports tell of once, and as covered when one of them ran it', async () => {
    const one = cobertura('<line number="1" hits="0"/><line number="2" hits="1"/>');
    const other = 'TN:\nSF:/w/src/A.cs\nDA:1,3\nDA:3,0\nend_of_record\n';

    expect(await totals(one, other)).toMatchObject({ linesCovered: 2, linesTotal: 3 });
  });

  it('counts the branches of lcov one by one', async () => {
    const text = 'SF:a.js\nDA:1,1\nBRDA:1,0,0,1\nBRDA:1,0,1,-\nBRDA:2,0,0,0\nLF:1\nend_of_record\nDA:9,9\n';

    expect(await totals(text)).toEqual({ linesCovered: 1, linesTotal: 2, branchesCovered: 1, branchesTotal: 3 });
  });

  it('counts JaCoCo’s lines, in modules as well', async () => {
    const sources =
      '<package name="com/acme"><sourcefile name="A.java"><line nr="3" mi="0" ci="2" mb="1" cb="1"/><line nr="4" mi="1" ci="0"/></sourcefile></package>';
    const text = `<?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x"><group name="m">${sources}</group></report>`;

    expect(await totals(text)).toEqual({ linesCovered: 1, linesTotal: 2, branchesCovered: 1, branchesTotal: 2 });
  });

  it('is none where no report tells of a line', async () => {
    expect(await totals('SF:a.js\nDA:x,1\nend_of_record\n')).toBeNull();
  });
});
