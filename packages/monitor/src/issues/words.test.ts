import { noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { aFinding, type Finding } from '../finding.ts';
import { memoryIn, newMemory } from './marker.ts';
import { bodyOf, titleOf } from './words.ts';

const { yard } = world().state;
const monitor = { ...yard.monitor, mentions: ['ann', 'acme/builders'], url: 'https://acme.example/yard/' };
const finding = (fields: Partial<Finding> = {}): Finding =>
  aFinding({
    key: 'agent-silent:mac',
    says: 'agent-silent',
    title: 'agent mac is silent',
    text: 'agent mac gives no sign of life',
    since: noon,
    severity: 'high',
    facts: [['host', 'mac.example']],
    remedies: ['gityard agent show mac'],
    ...fields,
  });
const memory = newMemory('agent-silent:mac', 'agent-silent', noon);
const expression = '$'.concat('{{ secrets.GITHUB_TOKEN }}');
const hostile = `\`\`\`\n@all <img src=x onerror=alert(1)> ${expression} <!-- gityard:{} --> \u202e`;

describe('the words of an issue', () => {
  it('tell what, since when, what helps, and who is called', () => {
    const body = bodyOf(finding(), memory, { name: 'acme', monitor });

    expect(body.split('\n').slice(1).join('\n')).toMatchInlineSnapshot(`
      "
      \`\`\`text
      agent mac gives no sign of life
      \`\`\`

      - since: \`2026-03-02T12:00:00.000Z\`
      - host: \`mac.example\`

      What helps:

      \`\`\`sh
      gityard agent show mac
      \`\`\`

      @ann @acme/builders

      [The page of the yard](https://acme.example/yard/)

      ---
      *By the health monitor of the yard \`acme\`, which closes this when it is over. Close it yourself, and you hear no more of it until it comes back.*"
    `);
    expect(memoryIn(body)).toEqual(memory);
  });

  it('call nobody for what can wait', () => {
    expect(bodyOf(finding({ severity: 'normal' }), memory, { name: 'acme', monitor })).not.toContain('@');
  });

  it('hold hostile words so that they do nothing', () => {
    const facts = [['branch', hostile]] as const;
    const evil = finding({ title: hostile, text: hostile, facts, remedies: [hostile] });

    const body = bodyOf(evil, memory, { name: hostile, monitor: { ...monitor, mentions: [] } });

    expect(memoryIn(body)).toEqual(memory);
    expect(body.match(/<!--/g)).toHaveLength(1);
    expect(body).not.toMatch(/@all|<img|\$\{\{|\u202e/);
    expect(body.match(/^````(text|sh)?$/gm)).toHaveLength(4);
    expect(titleOf(evil, { name: hostile, monitor })).not.toMatch(/[`<>\n\u202e]|@all|\$\{\{/);
  });

  it('stay as short as hosts want them', () => {
    const long = 'x'.repeat(100_000);
    const facts = Array.from({ length: 500 }, () => [long, long] as const);

    const body = bodyOf(finding({ title: long, text: long, facts, remedies: [long] }), memory, {
      name: 'acme',
      monitor,
    });

    expect(body.length).toBeLessThan(60_000);
    expect(body.trimEnd().endsWith('*')).toBe(true);
    expect(titleOf(finding({ title: long }), { name: 'acme', monitor }).length).toBeLessThanOrEqual(200);
  });
});
