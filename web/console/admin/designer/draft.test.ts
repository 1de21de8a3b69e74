import { describe, expect, it } from 'vitest';
import type { AppSettings } from '../api.ts';
import { changesOf, changesSince, colorIn, configOf, fresh } from './draft.ts';

const saved: AppSettings = {
  app: { id: 'a', name: 'Lamps', integrationId: 'i', createdAt: '2026-11-20T10:00:00Z' },
  settings: { name: 'Lamps', color: '#0a7a55', position: '', offset_side: '', offset_bottom: '', theme: '', launcher_text: '', greeting: 'Good day', introduction: '' },
  seats: { used: 0 },
  logo: '/logo/a/x.png',
};

describe('a draft of the look', () => {
  it('sends what is another, without spaces around it, and nothing else', () => {
    expect(changesOf({ texts: { name: ' Lamps ', color: '#fff', greeting: '' } }, saved.settings)).toEqual({ color: '#fff', greeting: '' });
  });

  it('is shown as the server would tell it to pages', () => {
    const config = configOf({ texts: { color: 'FD0', position: 'start', offset_side: '0', theme: 'dark', introduction: ' We read everything. ' } }, saved);
    expect(config).toMatchObject({ app: { id: 'a', name: 'Lamps' }, color: '#ffdd00', logo: '/logo/a/x.png', looks: { position: 'start', side: 0, theme: 'dark' }, texts: { greeting: 'Good day', introAppText: 'We read everything.' } });
    expect(config.looks.bottom).toBeUndefined();
  });

  it('shows nothing that the server would refuse', () => {
    const { color, looks, app } = configOf({ texts: { name: ' ', color: '#ffdd0', offset_bottom: '-3', position: 'top' } }, saved);
    expect([color, looks.bottom, looks.position, app.name]).toEqual([undefined, undefined, undefined, 'Lamps']);
    expect([colorIn('#12g'), colorIn('')]).toEqual([undefined, undefined]);
  });

  it('keeps what was changed since it was sent', () => {
    const [first, second] = [{ bytes: 'YQ==' }, { bytes: 'Yg==' }];
    expect(changesSince({ texts: { greeting: 'Hi', color: '#fff' }, logo: first }, { texts: { greeting: 'Hi!', color: '#fff' }, logo: first })).toEqual({ texts: { greeting: 'Hi!' } });
    expect(changesSince({ texts: {}, logo: first }, { texts: {}, logo: second })).toEqual({ texts: {}, logo: second });
  });

  it('that resets keeps the name', () => {
    const draft = fresh(saved);
    expect(changesOf(draft, saved.settings)).toEqual({ color: '', greeting: '' });
    expect(configOf(draft, saved)).toMatchObject({ app: { name: 'Lamps' }, logo: undefined, texts: {} });
    expect(fresh({ ...saved, logo: undefined }).logo).toBeUndefined();
  });
});
