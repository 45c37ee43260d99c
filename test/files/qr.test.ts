import fc from 'fast-check';
import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { qrLines, qrSvg } from '../../src/files/qr.js';

type Modules = readonly (readonly boolean[])[];

/** What a camera reads from the modules, each of them four pixels wide. */
const scan = (modules: Modules): string | undefined => {
  const scale = 4;
  const size = modules.length * scale;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        pixels.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return jsQR(pixels, size, size, { inversionAttempts: 'dontInvert' })?.data;
};

const modulesOfSvg = (svg: string): Modules => {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const dark = new Set([...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`));
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => dark.has(`${x},${y}`)),
  );
};

/** Each line is two rows; blocks are light, blanks are dark. */
const modulesOfLines = (lines: readonly string[]): Modules =>
  lines
    .flatMap((line) => [
      [...line].map((block) => block === ' ' || block === '▄'),
      [...line].map((block) => block === ' ' || block === '▀'),
    ])
    .slice(0, lines[0]?.length);

const texts = [
  'https://desk.example.cn/in/E-12?code=7Q4F&name=李伟',
  'HELLO 123',
  '签到码 🎋 <script>alert("1")</script> & 完',
  'x'.repeat(600),
];

describe('a QR code', () => {
  it.each(texts)('as SVG says %s', (text) => {
    expect(scan(modulesOfSvg(qrSvg(text)))).toBe(text);
  });

  it.each(texts)('on a terminal says %s', (text) => {
    expect(scan(modulesOfLines(qrLines(text)))).toBe(text);
  });

  it('can be read whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        expect(scan(modulesOfSvg(qrSvg(text)))).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('has four light modules on every side', () => {
    const modules = modulesOfSvg(qrSvg('E-12'));
    const dark = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [{ x, y }] : [])));
    const edges = [...dark.map(({ x }) => x), ...dark.map(({ y }) => y)];
    expect(Math.min(...edges)).toBe(4);
    expect(Math.max(...edges)).toBe(modules.length - 5);
  });

  it('has its text as title, and nothing from outside', () => {
    const svg = qrSvg('a<b>&"c"\u0000');
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<title>a&lt;b&gt;&amp;"c"</title>');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/href|url\(|http|<script|<style/);
  });

  it('has terminal lines of the same length', () => {
    expect(new Set(qrLines('E-12').map((line) => line.length)).size).toBe(1);
  });

  it('refuses what no code can hold', () => {
    expect(() => qrSvg('x'.repeat(3000))).toThrow(RangeError);
    expect(() => qrLines('x'.repeat(3000))).toThrow(RangeError);
  });
});
