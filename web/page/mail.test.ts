import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ParlorError } from '../sdk/index.ts';
import { Refusal } from './endpoints.ts';
import type { Admitted } from './endpoints.ts';
import { MailSignIn, codeIn } from './mail.ts';

it.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  [' 12-34-56\n', '123456'],
  ['Your code: 123 456', '123456'],
  ['1234567', '123456'],
  ['١٢٣٤٥٦', '123456'],
  ['۱۲۳۴۵۶', '123456'],
  ['１２３４５６', '123456'],
  ['12', '12'],
  ['', ''],
])('the code in %j is %s', (text, code) => {
  expect(codeIn(text)).toBe(code);
});

const refusal = (code: string, status: number, more: Refusal['more'] = {}, retryAfterMs?: number) => new Refusal(ParlorError.fromWire({ code, retryAfterMs }, status), more);
const admitted = { user: { id: 'u1' } } as Admitted;

describe('signing in by e-mail', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function begin() {
    const options = {
      sendCode: vi.fn(() => Promise.resolve()),
      admit: vi.fn(() => Promise.resolve(admitted)),
      admitted: vi.fn(() => Promise.resolve()),
      refused: vi.fn(),
    };
    return { mail: new MailSignIn(options), ...options };
  }

  async function begun() {
    const { mail, ...options } = begin();
    mail.write({ email: ' ana@example.com ' });
    await mail.send();
    mail.write({ code: '123 456' });
    return { mail, ...options };
  }

  it('asks for a code and hands it in, and leaves nothing in the form', async () => {
    const { mail, sendCode, admit, admitted: taken } = await begun();
    expect(mail.step).toBe('code');
    await mail.signIn();
    expect(sendCode).toHaveBeenCalledExactlyOnceWith('ana@example.com');
    expect(admit).toHaveBeenCalledExactlyOnceWith('ana@example.com', '123456');
    expect(taken).toHaveBeenCalledExactlyOnceWith(admitted);
    expect(mail).toMatchObject({ step: 'address', email: '', code: '', wait: 0, busy: false });
  });

  it('sends one request where a button is pressed twice', async () => {
    const { mail, sendCode } = begin();
    await Promise.all([mail.send(), mail.send()]);
    expect(sendCode).toHaveBeenCalledTimes(1);
  });

  it('lets the code be sent again after half a minute', async () => {
    const { mail } = await begun();
    expect(mail.wait).toBe(30);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(mail.wait).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(mail.wait).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hands in six digits or nothing', async () => {
    const { mail, admit } = await begun();
    mail.write({ code: '12345' });
    await mail.signIn();
    expect(mail.fault).toBe('digits');
    expect(admit).not.toHaveBeenCalled();
  });

  it.each([
    ['a wrong code', refusal('invalid_code', 401, { triesLeft: 3 }), { fault: 'code', count: 3, code: '' }],
    ['too many tries', refusal('rate_limited', 429, {}, 61_000), { fault: 'rate', count: 2, code: '123456' }],
    ['a server that cannot be reached', refusal('unavailable', 0), { fault: 'unavailable', code: '123456' }],
    ['anything else', refusal('internal', 500), { fault: 'unknown' }],
  ])('stays at the code after %s', async (_, error, expected) => {
    const { mail, admit, refused } = await begun();
    admit.mockRejectedValueOnce(error);
    await mail.signIn();
    expect(mail).toMatchObject({ step: 'code', busy: false, ...expected });
    expect(refused).not.toHaveBeenCalled();
  });

  it('ends where the person is not let in', async () => {
    const { mail, admit, refused } = await begun();
    const error = refusal('seat_limit_reached', 403);
    admit.mockRejectedValueOnce(error);
    await mail.signIn();
    expect(refused).toHaveBeenCalledExactlyOnceWith(error);
    expect(mail.step).toBe('address');
  });

  it('says that no mail can be sent', async () => {
    const { mail, sendCode } = begin();
    sendCode.mockRejectedValueOnce(refusal('unavailable', 503));
    await mail.send();
    expect(mail).toMatchObject({ step: 'address', fault: 'mail' });
  });
});
