import { describe, expect, it } from 'vitest';
import { asCsv, asJson } from './table-text.ts';

const stamp = { yard: 'acme', commit: '9f3c2a7', at: '2026-03-01T12:00:00.000Z' };

describe('table-text', () => {
  it('writes each row with the commit and the time that it shows', () => {
    expect(
      asCsv(
        [
          { id: 'a', status: 'failed' },
          { id: 'b', note: 'says "hi", twice' },
        ],
        stamp,
      ),
    ).toBe(
      'id,status,note,commit,at\r\na,failed,,9f3c2a7,2026-03-01T12:00:00.000Z\r\nb,,"says ""hi"", twice",9f3c2a7,2026-03-01T12:00:00.000Z\r\n',
    );
    expect(JSON.parse(asJson('jobs', [{ id: 'a' }], stamp))).toEqual({ ...stamp, what: 'jobs', rows: [{ id: 'a' }] });
  });

  it('lets no spreadsheet run what somebody wrote', () => {
    expect(asCsv([{ text: '=HYPERLINK("x")' }], stamp)).toContain(`"'=HYPERLINK(""x"")"`);
    expect(asCsv([{ priority: -5 }], stamp)).toContain('\r\n-5,');
  });
});
