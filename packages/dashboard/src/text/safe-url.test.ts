import { describe, expect, it } from 'vitest';
import { safeUrl } from './safe-url.ts';

describe('safe-url', () => {
  it('lets web pages through', () => {
    expect(safeUrl('https://git.example/a/b?c=d#e')).toBe('https://git.example/a/b?c=d#e');
    expect(safeUrl('http://10.0.0.3:3000/a')).toBe('http://10.0.0.3:3000/a');
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>1</script>',
    'file:///etc/passwd',
    '//evil.example',
    '#/jobs',
    'https://git.example@evil.example/',
    'https://',
    '',
    null,
    undefined,
  ])('makes nothing of %j', (address) => {
    expect(safeUrl(address)).toBeNull();
  });
});
