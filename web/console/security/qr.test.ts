import { describe, expect, it } from 'vitest';
import { pathOf } from './qr.ts';

describe('the drawing of a QR code', () => {
  it('has a stroke for each run of dark squares, inside a light border', () => {
    expect(pathOf(['##.#', '....', '...#'])).toBe('M4 4h2v1h-2zM7 4h1v1h-1zM7 6h1v1h-1z');
    expect(pathOf([])).toBe('');
  });
});
