import { pluralIn } from '../../strings/plural.ts';
import type { Unit } from '../settings/forms.ts';

const plural = pluralIn('en');

export const settings = {
  failed: 'The settings of this app could not be loaded.',
  unlimited: 'No limit',
  unitOf: (label: string) => `Unit of: ${label}`,
  units: { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' } as Record<Unit, string>,
  general: { title: 'General', lead: 'What the app is called, and when its days begin.' },
  places: { title: 'Origins and hosts', lead: 'Which pages may show this chat, and under which addresses it has a page of its own.' },
  access: { title: 'Who may come in', lead: 'Beside those whom your own server signs in.' },
  policies: { title: 'Rules for tokens', lead: 'How strict the server is with tokens. They hold for the next sign-in; who is in stays in.' },
  look: { title: 'Look of the chat page', lead: 'The page at an address of its own, and the chat wherever a page sets no colour. A logo is set on the server: parlor app set … logo=FILE.' },
  keeping: { title: 'How long messages live', lead: 'Where you promise your users that nothing is kept for longer.' },
  fields: {
    name: { label: 'Name', hint: 'The chat page shows it, and your team knows the app by it.' },
    time_zone: { label: 'Time zone', hint: 'Days of reports begin and end by it.' },
    origins: { label: 'Origins', hint: 'One in each line: scheme and host, no path. Only pages from there can use the chat.' },
    hosts: { label: 'Host names', hint: 'One in each line. Under them, the chat page of this app opens without its id in the address.' },
    portal: { label: 'Number of the customer portal', hint: 'By it, the service desk widget finds this app. Leave it empty if you do not use that.' },
    anonymous: { label: 'People may write without signing in', hint: 'They are told apart by their browser alone. When they sign in later, their messages come along.' },
    email_login: { label: 'Sign-in by a code sent by email', hint: 'On the chat page. It proves an address, and nothing more.' },
    seats: { label: 'Seats', hint: 'How many people may be known by name or address; each takes one. A lower number throws nobody out, but nobody new comes in.' },
    require_exp: { label: 'Tokens must expire', hint: 'Tokens without exp are refused. Switch it on unless old links have to go on.' },
    max_token_age: { label: 'Oldest token', hint: 'Counted from its iat; a token without iat is refused then. Empty: any age.' },
    one_time_codes: { label: 'Personal links work once', hint: 'Their tokens need jti and exp, within 24 hours. A forwarded link opens nothing.' },
    link_by_email: { label: 'Join by email address', hint: 'A new id in a personal link joins the user who has that address and no id yet. Only where your own server verifies addresses.' },
    color: { label: 'Colour', hint: 'Texts on it are kept readable by themselves, light and dark.' },
    retention: { label: 'Messages are kept for', hint: 'Kept as a setting: this version removes nothing by itself yet. Empty: for ever.' },
  },
  anyOrigin: 'Without origins, every page of the web may use this chat. Enter yours before you go live.',
  emailLogins: { off: 'Nobody', known: 'Those whose address this app knows', on: 'Everybody' },
  pick: 'Pick a colour',
  colorNone: 'Parlor’s own',
  openPage: 'Open the chat page',
  seatsUsed: (used: number) => `${plural(used, 'One seat is taken', '# seats are taken')}, without a limit.`,
  seatsOf: (used: number, limit: number) => `${plural(used, '#', '#')} of ${plural(limit, '# seat', '# seats')} taken`,
  seatsNear: 'Nearly all seats are taken. Raise the number, or erase users who are long gone.',
  seatsFull: 'All seats are taken: nobody new can sign in. Who is known still can.',
};
