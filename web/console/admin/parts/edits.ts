/** What of a form is another one than it was when the form was sent: it was changed meanwhile, and is still to be saved. */
export function changedSince<Fields extends object>(sent: Fields, now: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== sent[name as keyof Fields])) as Partial<Fields>;
}
