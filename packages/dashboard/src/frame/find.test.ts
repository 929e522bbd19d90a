import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import { entriesOf, found } from './find.ts';

const model = sampleYard('2026-03-01T12:00:00.000Z');
const entries = entriesOf(model, [{ kind: 'Page', title: 'Settings', detail: 'g x', href: '#/settings' }]);
const titles = (query: string) => found(entries, query, 8).map(({ kind, title }) => `${kind} ${title}`);

describe('find', () => {
  it('finds servers, jobs, messages, locks, branches and pages', () => {
    expect(titles('build4')[0]).toBe('Server build4');
    expect(titles('vnf')[0]).toBe('Job vnf-broker');
    expect(titles('nearly full')[0]).toBe('Message Disk is nearly full: 6.4 GB free');
    expect(titles('licences')[0]).toBe('Lock licences');
    expect(titles('nightly')).toContain('Branch nightly');
    expect(titles('sett')[0]).toBe('Page Settings');
  });

  it('finds with letters left out, and with words in any order', () => {
    expect(titles('cldstck')[0]).toBe('Job cloudstack');
    expect(titles('release vnf')[0]).toBe('Job vnf-broker');
    expect(titles('zzz')).toEqual([]);
  });

  it('finds what can be done, after the things themselves', () => {
    expect(titles('drain build1')[0]).toBe('Act Drain build1');
    expect(titles('retry vnf')[0]).toBe('Act Retry vnf-broker release/4.21 @ d8e22ab');
    expect(titles('publish')[0]).toBe('Lock publish');
    expect(titles('cancel cloud')[0]).toMatch(/^Act Cancel cloudstack/);
  });

  it('lowers every text once, and looks at each of 10,000 entries once for a key', () => {
    const [first] = entries;
    if (!first) throw new Error('there must be one');
    let reads = 0;
    const counting = Array.from({ length: 10_000 }, (_, at) => ({
      ...first,
      get lowered() {
        reads++;
        return `job ${at} of 10,000`;
      },
    }));

    expect(found(counting, 'job', 40)).toHaveLength(40);
    expect(reads).toBe(10_000);
  });
});
