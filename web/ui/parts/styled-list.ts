/** The list of conversations with its style: what the widget fetches. The hosted page has both from the start. */
import css from '../theme/list.css?inline';
import { wear } from './later.ts';

export { ConversationList } from './list.tsx';

wear(css);
