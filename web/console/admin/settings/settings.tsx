import { h } from 'preact';
import type { JSX } from 'preact';
import type { AdminProps } from '../admin.tsx';

export function Settings({ app }: AdminProps): JSX.Element {
  return <p>{app.name}</p>;
}
