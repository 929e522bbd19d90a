import { describe, expect, it } from 'vitest';
import { KEYS, meaningOf } from './keys.ts';

const press = (key: string, held: object = {}) =>
  meaningOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('keys', () => {
  it('has one meaning for each key', () => {
    expect(new Set(KEYS.map(({ key }) => key)).size).toBe(KEYS.length);
    expect(press('j')).toBe('next-row');
    expect(press('?')).toBe('help');
  });

  it('opens the palette with Ctrl+K and with Cmd+K', () => {
    expect(press('k', { ctrlKey: true })).toBe('palette');
    expect(press('K', { metaKey: true })).toBe('palette');
  });

  it.each(['r', 'f', 't', 'd', 'l'])('leaves Ctrl+%s to the browser', (key) => {
    expect(press(key, { ctrlKey: true })).toBeUndefined();
    expect(press(key, { metaKey: true })).toBeUndefined();
    expect(press(key, { altKey: true })).toBeUndefined();
  });
});
