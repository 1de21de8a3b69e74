import { describe, expect, it } from 'vitest';
import { appIn, conversationIn, takeCode } from './address.ts';

const take = (address: string) => {
  const { pathname, search, hash } = new URL(address, 'https://chat.example.com');
  return takeCode({ pathname, search, hash });
};

describe('a personal link', () => {
  it.each([
    ['/?externalAuthCode=a.b.c', 'a.b.c', '/'],
    ['/#externalAuthCode=a.b.c', 'a.b.c', '/'],
    ['/chat/app1?externalAuthCode=a.b.c', 'a.b.c', '/chat/app1'],
    ['/?from=mail&externalAuthCode=a.b.c&x=%20y+z', 'a.b.c', '/?from=mail&x=%20y+z'],
    ['/?x=1#top&externalAuthCode=a.b.c', 'a.b.c', '/?x=1#top'],
    ['/?externalAuthCode=a.b.c#top', 'a.b.c', '/#top'],
    ['/?externalAuthCode=in.the.query#externalAuthCode=in.the.fragment', 'in.the.fragment', '/'],
    ['/?externalAuthCode=first&externalAuthCode=second', 'first', '/'],
    ['/?%65xternalAuthCode=a.b.c', 'a.b.c', '/'],
    ['/?externalAuthCode=a%2Eb.c%3D%3D', 'a.b.c==', '/'],
    ['/?externalAuthCode=a.b.c==', 'a.b.c==', '/'],
    ['/?externalAuthCode=%E0%A4%A', '%E0%A4%A', '/'],
    ['/?externalAuthCode=', '', '/'],
    ['/?externalAuthCode', '', '/'],
  ])('%s holds the code %j, and is %s without it', (address, code, rest) => {
    expect(take(address)).toEqual({ code, address: rest });
  });

  it.each(['/', '/?', '/chat/app1?x=%zz&y#z', '/?externalauthcode=a', '/?myexternalAuthCode=a', '/?x=externalAuthCode=a'])('%s holds none and stays as it is', (address) => {
    const { pathname, search, hash } = new URL(address, 'https://chat.example.com');
    expect(take(address)).toEqual({ code: undefined, address: pathname + search + hash });
  });
});

it.each([
  ['/', undefined],
  ['/chat/', undefined],
  ['/chat/app_12', 'app_12'],
  ['/chat/app_12/', 'app_12'],
  ['/chat/a%20b', 'a b'],
  ['/chat/a/b', undefined],
])('the path %s names the app %j', (path, app) => {
  expect(appIn(path)).toBe(app);
});

describe('a link of a mail', () => {
  it.each([['#conversation=c1', 'c1'], ['#x=1&conversation=c%2F1', 'c/1'], ['#conversations=c1', undefined], ['', undefined], ['#conversation=', '']])('%s leads to %j', (hash, conversation) => {
    expect(conversationIn(hash)).toBe(conversation);
  });
});
