/** Conversations of hundreds of messages: the log keeps its place, whatever comes above and below. */
import { beforeEach, describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Talk } from './rich.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

const count = 260;
/** However many messages there are; lines for days and for what is new are among them. */
const mostDrawn = 150;

describe.skipIf(browserSkipped())('a long conversation', () => {
  const world = World.begin();
  let ana: string;
  let conversation: string;
  let visitor: Visitor;

  beforeEach(async () => {
    ana = world.newcomer('ana');
    await world.rest.createUser(ana);
    conversation = (await world.rest.createConversation(ana)).id;
    for (let i = 1; i <= count; i++) await world.rest.say(conversation, textOf(i));
    visitor = await world.visitAs(ana);
    await visitor.open();
    await visitor.said(textOf(count)).waitFor();
    // The last line is known at once; the page of history that it ends comes after.
    await expect.poll(async () => (await shown()).length).toBeGreaterThan(20);
    await expect.poll(isAtEnd).toBe(true);
  }, 60_000);

  /** Messages differ in height, as they do in life. */
  function textOf(i: number): string {
    return `message ${i} ${'with more to say '.repeat(i % 7)}`.trim();
  }

  function shown(): Promise<number[]> {
    return visitor.frame.evaluate(() => [...document.querySelectorAll('.bubble')].map((bubble) => Number(/^message (\d+)/.exec((bubble as HTMLElement).innerText)?.[1])));
  }

  /** As many as are ever drawn stand there, one after the other. */
  async function expectRun(): Promise<void> {
    const numbers = await shown();
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
    expect(numbers.length).toBeGreaterThan(mostDrawn - 5);
    expect(numbers.length).toBeLessThanOrEqual(mostDrawn);
  }

  function isAtEnd(): Promise<boolean> {
    return visitor.frame.evaluate(() => {
      const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.scroller') as HTMLElement;
      return scrollHeight - scrollTop - clientHeight < 2;
    });
  }

  it('begins at its end, and loads what came before as one scrolls up, without a jump, until the first message', async () => {
    expect(await isAtEnd()).toBe(true);
    expect((await shown()).length).toBeLessThan(count);
    for (let page = 0; (await shown())[0] !== 1; page++) {
      expect(page, 'pages').toBeLessThan(10);
      const [before = 0] = await shown();
      // Watches, picture by picture, where the first bubble in sight stands, from the scroll on until more is there and for a while after.
      const moved = await visitor.frame.evaluate(async () => {
        const scroller = document.querySelector('.scroller') as HTMLElement;
        const bubbles = () => [...document.querySelectorAll<HTMLElement>('.bubble')];
        const picture = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const had = bubbles()[0];
        scroller.scrollTop = 60;
        const anchor = bubbles().find((one) => one.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top) as HTMLElement;
        const place = () => anchor.getBoundingClientRect().top;
        const from = place();
        let meanwhile = 0;
        for (let after = 0; after < 10; ) {
          await picture();
          meanwhile = Math.max(meanwhile, Math.abs(place() - from));
          if (bubbles()[0] !== had) after += 1;
        }
        return { meanwhile: Math.round(meanwhile), afterwards: Math.round(Math.abs(place() - from)) };
      });
      expect(moved, 'px that what one reads was moved').toEqual({ meanwhile: 0, afterwards: 0 });
      expect((await shown())[0]).toBeLessThan(before);
    }
    await expectRun();
    // And down again, where nothing is loaded any more.
    for (let page = 0; (await shown()).at(-1) !== count; page++) {
      expect(page, 'pages').toBeLessThan(10);
      const last = (await shown()).at(-1) ?? 0;
      const moved = await visitor.frame.evaluate(async () => {
        const scroller = document.querySelector('.scroller') as HTMLElement;
        const bubbles = () => [...document.querySelectorAll<HTMLElement>('.bubble')];
        const picture = () => new Promise((resolve) => requestAnimationFrame(resolve));
        scroller.scrollTop = scroller.scrollHeight - scroller.clientHeight - 60;
        const anchor = bubbles().find((one) => one.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top) as HTMLElement;
        const from = anchor.getBoundingClientRect().top;
        for (let i = 0; i < 5; i++) await picture();
        return Math.round(Math.abs(anchor.getBoundingClientRect().top - from));
      });
      expect(moved, 'px that what one reads was moved').toBe(0);
      const now = await shown();
      expect(now.at(-1)).toBeGreaterThan(last);
      await expectRun();
    }
    expect(await visitor.chat.getByRole('button', { name: 'Jump to latest' }).count()).toBe(1);
    await visitor.chat.getByRole('button', { name: 'Jump to latest' }).click();
    await expect.poll(isAtEnd).toBe(true);
  });

  it('loads what came before also at the very top, and what one reads stays in sight', async () => {
    const before = await shown();
    const first = visitor.said(textOf(before[0] ?? 0));
    const place = await visitor.frame.evaluate(async () => {
      const scroller = document.querySelector('.scroller') as HTMLElement;
      scroller.scrollTop = 0;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return document.querySelector('.bubble')?.getBoundingClientRect().top ?? 0;
    });
    await expect.poll(async () => (await shown())[0]).toBeLessThan(before[0] ?? 0);
    await expect.poll(async () => Math.abs((await first.evaluate((bubble) => bubble.closest('.bubble')?.getBoundingClientRect().top ?? 0)) - place)).toBeLessThanOrEqual(48);
  });

  it('keeps its place while answers come in below, counts them, and jumps when asked to', async () => {
    await visitor.frame.evaluate(() => ((document.querySelector('.scroller') as HTMLElement).scrollTop -= 900));
    await visitor.chat.getByRole('button', { name: 'Jump to latest' }).waitFor();
    const place = () => visitor.frame.evaluate(() => (document.querySelector('.scroller') as HTMLElement).scrollTop);
    const before = await place();
    for (let i = 1; i <= 3; i++) await world.rest.say(conversation, textOf(count + i));
    await visitor.chat.getByRole('button', { name: '3 new messages' }).waitFor();
    expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(2);
    expect((await visitor.conversations())[0]?.participants[0]?.unreadCount).toBe(3);
    await visitor.chat.getByRole('button', { name: '3 new messages' }).click();
    await expect.poll(isAtEnd).toBe(true);
    await expect.poll(async () => (await visitor.conversations())[0]?.participants[0]?.unreadCount).toBe(0);
    await world.rest.say(conversation, textOf(count + 4));
    await visitor.said(textOf(count + 4)).waitFor();
    await expect.poll(isAtEnd).toBe(true);
    await visitor.frame.evaluate(() => ((document.querySelector('.scroller') as HTMLElement).scrollTop -= 900));
    await visitor.send('my own');
    await expect.poll(isAtEnd).toBe(true);
  });

  it('comes back whole after more was missed than is sent one by one', async () => {
    world.wire.cut();
    await visitor.chat.getByText(/No connection/).waitFor();
    for (let i = count + 1; i <= count + 520; i++) await world.rest.say(conversation, textOf(i));
    world.wire.mend();
    await visitor.said(textOf(count + 520)).waitFor({ timeout: 25_000 });
    const seen = await shown();
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => count + 520 - seen.length + i + 1));
    const [held] = await visitor.conversations();
    const numbers = held?.messages.map(({ text }) => Number(/\d+/.exec(text ?? '')?.[0])) ?? [];
    expect(numbers.at(-1)).toBe(count + 520);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  }, 60_000);
});

describe.skipIf(browserSkipped())('a very long conversation', () => {
  const world = World.begin();
  const all = 900;
  const mostHeld = 600;

  interface Far {
    visitor: Visitor;
    conversation: string;
    shown(): Promise<number[]>;
    held(): Promise<number[]>;
    /** Scrolls on until the messages drawn are as wanted; what is drawn is without a gap all the way. */
    scroll(to: 'top' | 'bottom', until: (numbers: number[]) => boolean): Promise<void>;
  }

  /** Somebody who has read up to the first message. */
  async function begin(): Promise<Far> {
    const { person, id: conversation } = await Talk.begin(world);
    for (let i = 1; i <= all; i++) await world.rest.say(conversation, `message ${i}`);
    const visitor = await world.visitAs(person);
    await visitor.open();
    await visitor.said(`message ${all}`).waitFor();
    const shown = () => visitor.frame.evaluate(() => [...document.querySelectorAll('.bubble')].map((bubble) => Number(/^message (\d+)/.exec((bubble as HTMLElement).innerText)?.[1])));
    const held = async () => (await visitor.conversations())[0]?.messages.map(({ text }) => Number(/\d+/.exec(text ?? '')?.[0])) ?? [];
    const scroll: Far['scroll'] = async (to, until) => {
      const deadline = Date.now() + 30_000;
      for (let numbers = await shown(); !until(numbers); numbers = await shown()) {
        expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
        expect(Date.now(), `stuck at ${numbers[0]} to ${numbers.at(-1)}`).toBeLessThan(deadline);
        await visitor.frame.evaluate(async (to) => {
          const scroller = document.querySelector('.scroller') as HTMLElement;
          scroller.scrollTop = to === 'top' ? 0 : scroller.scrollHeight;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }, to);
      }
    };
    await expect.poll(async () => (await shown()).length).toBeGreaterThan(20);
    await scroll('top', ([first]) => first === 1);
    return { visitor, conversation, shown, held, scroll };
  }

  const jump = ({ visitor }: Far) => visitor.chat.getByRole('button', { name: 'Jump to latest' });
  const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  it('is held in part as one reads up to its beginning, and comes again, message by message, on the way down', async () => {
    const far = await begin();
    await expect.poll(far.held).toEqual(run(1, mostHeld));
    await far.scroll('bottom', (numbers) => numbers.at(-1) === all);
    await far.visitor.frame.evaluate(() => ((document.querySelector('.scroller') as HTMLElement).scrollTop = 1e6));
    await expect.poll(() => jump(far).count()).toBe(0);
    const held = await far.held();
    expect(held.length).toBeLessThanOrEqual(mostHeld);
    expect(held).toEqual(run(held[0] ?? 0, all));
    await world.rest.say(far.conversation, `message ${all + 1}`);
    await far.visitor.said(`message ${all + 1}`).waitFor();
    await far.scroll('top', ([first]) => first === 1);
  }, 120_000);

  it('is at its end at once when one jumps there, or writes, and nothing is missing that came meanwhile', async () => {
    const far = await begin();
    for (let i = 1; i <= 3; i++) await world.rest.say(far.conversation, `message ${all + i}`);
    await expect.poll(async () => (await far.visitor.conversations())[0]?.participants[0]?.unreadCount).toBe(3);
    await jump(far).click();
    await expect.poll(async () => (await far.shown()).length).toBeGreaterThan(20);
    expect((await far.shown()).slice(-20)).toEqual(run(all - 16, all + 3));
    await expect.poll(async () => (await far.visitor.conversations())[0]?.participants[0]?.unreadCount).toBe(0);

    await far.scroll('top', ([first]) => first === 1);
    await expect.poll(far.held).toEqual(run(1, mostHeld));
    await far.visitor.send('message 904 is my own');
    await expect.poll(async () => (await far.shown()).slice(-20)).toEqual(run(all - 15, all + 4));
    expect(await jump(far).count()).toBe(0);
    const held = await far.held();
    expect(held).toEqual(run(held[0] ?? 0, all + 4));
  }, 120_000);
});

describe.skipIf(browserSkipped())('a chat that is closed', () => {
  const world = World.begin();

  it('holds some hundred messages and one peek, however many answers come, and opens at the newest', async () => {
    const many = 700;
    const talk = await Talk.begin(world);
    const { person, id } = talk;
    const visitor = await world.visitAs(person);
    const line = await visitor.page.context().newCDPSession(visitor.page);
    await line.send('Performance.enable');
    const nodes = async () => {
      await line.send('HeapProfiler.collectGarbage');
      return (await line.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'Nodes')?.value ?? NaN;
    };
    await world.rest.say(id, 'the first answer');
    await visitor.page.locator('#parlor .peek').waitFor();
    const before = await nodes();
    for (let i = 1; i < many; i++) await world.rest.say(id, `answer ${i}`);
    await visitor.page.locator('#parlor .peek').getByText(`answer ${many - 1}`).waitFor();
    const [held] = await visitor.conversations();
    expect(held?.messages.length).toBeLessThanOrEqual(600);
    expect(held?.participants[0]?.unreadCount).toBe(many);
    expect(await nodes(), 'nodes of the page').toBeLessThan(before + 100);
    await visitor.open();
    await visitor.said(`answer ${many - 1}`).waitFor();
    expect(await visitor.page.locator('#parlor .peek').count()).toBe(0);
  }, 60_000);
});
