import { Fragment, h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { Waiting } from './loaded.tsx';
import type { Loaded } from './loaded.tsx';

interface ListPageProps<Item> {
  title: string;
  words: Record<'lead' | 'make' | 'empty' | 'emptyLead' | 'failed', string>;
  icon: IconName;
  /** Where they come from. */
  of: Pick<Loaded<unknown>, 'problem' | 'load'>;
  /** Undefined until they are known. */
  all: Item[] | undefined;
  make(): void;
  /** The list, where there is one at least. */
  children(all: Item[]): ComponentChildren;
}

/** A page of what admins make: all that there are or, before the first one, what they are good for. */
export function ListPage<Item>({ title, words, icon, of, all, make, children }: ListPageProps<Item>): JSX.Element {
  const maker = (
    <button type="button" class="button main" onClick={make}>
      <Icon name="plus" />
      {words.make}
    </button>
  );
  return (
    <>
      <PageHeader title={title}>{!!all?.length && maker}</PageHeader>
      <div class="page">
        {!all && <Waiting of={of} title={words.failed} />}
        {all?.length === 0 && (
          <Empty icon={icon} title={words.empty}>
            <p>{words.emptyLead}</p>
            {maker}
          </Empty>
        )}
        {!!all?.length && (
          <>
            <p class="quiet lead">{words.lead}</p>
            {children(all)}
          </>
        )}
      </div>
    </>
  );
}
