import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import { adminTexts } from '../words.ts';
import { Addresses } from './addresses.tsx';
import { BlockedPeople } from './blocked-people.tsx';

/** Who is kept outside: addresses, and people. */
export function Blocks({ app }: AdminProps): JSX.Element {
  return (
    <>
      <PageHeader title={texts.value.nav.admin.blocks} />
      <div class="page">
        <p class="quiet lead">{adminTexts.value.blocks.lead}</p>
        <Addresses app={app} />
        <BlockedPeople app={app} />
      </div>
    </>
  );
}
