import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

describe('visible-text', () => {
  it('writes out what turns, hides or splits text', () => {
    expect(visibleText('gnp\u202Egpj.exe')).toBe('gnp⟨U+202E⟩gpj.exe');
    expect(visibleText('ma\u200Bin\uFEFF \u0000\u001b[31m\u2028')).toBe(
      'ma⟨U+200B⟩in⟨U+FEFF⟩ ⟨U+0000⟩⟨U+001B⟩[31m⟨U+2028⟩',
    );
  });

  it('leaves languages, emoji and line ends alone', () => {
    const text = 'grün 漢字 العربية नमस्ते 👩‍💻\n\tok <b>&amp;</b>';

    expect(visibleText(text)).toBe(text);
  });

  it('reaches every string of a value, and keeps everything else', () => {
    const value = { list: [{ 'k\u200B': 'a\u202E', count: 3, none: null, yes: true }] };

    expect(visibleText(value)).toEqual({ list: [{ 'k⟨U+200B⟩': 'a⟨U+202E⟩', count: 3, none: null, yes: true }] });
    expect(value.list[0]).toHaveProperty('k\u200B');
  });
});
