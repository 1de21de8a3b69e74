import { pluralIn } from '../../strings/plural.ts';

const plural = pluralIn('en');

export const attempts = {
  title: 'Recent requests',
  lead: 'The last 100 requests, the newest first. One request holds up to 100 events; your system knows it by its webhook-id, msg_….',
  failed: 'The requests could not be loaded.',
  none: 'Nothing was sent yet. Send a test event to see whether your system takes it.',
  sendTest: 'Send a test event',
  testLead: 'Goes out now, signed like all others, with the type webhook:test and nothing in it. What waits is not touched.',
  sending: 'Sending, and waiting for the answer…',
  isTest: 'Test',
  taken: (status: number, ms: string) => `Taken: answered ${status} within ${ms}`,
  refused: (status: number, ms: string) => `Not taken: answered ${status} within ${ms}`,
  unanswered: (ms: string) => `No answer, after ${ms}`,
  events: (count: number) => plural(count, 'one event', '# events'),
  tried: (number: number) => `try ${number}`,
  again: 'is tried again',
  cures: {
    redirect: 'Redirects are not followed: enter the address that it leads to.',
    refusal: 'Your system does not like what it gets. Its log says why; the API reference says what a request looks like.',
    credentials: 'Your system does not believe who calls. Check the signature with this webhook’s secret, and that nothing before it asks for a sign-in.',
    path: 'There is nothing at this path. Check the address, letter by letter.',
    gone: 'A 410 says that nobody wants to be told here any more: a real event would switch the webhook off.',
    large: 'Requests come with fewer events after this.',
    busy: 'Your system asks for a pause, and gets one: everything waits, longer each time.',
    fault: 'Your system failed at it. Its log says why at that time.',
    odd: 'Only a status of 200 to 299 says that the events are taken. Answer first, and work afterwards.',
  },
};
