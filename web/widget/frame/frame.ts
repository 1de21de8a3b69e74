/** What the frame loads: its program, and behind that its style, in one file, as both are smaller so. */
import { wear } from '../../ui/parts/later.ts';
import css from '../../ui/theme/messenger.css?inline';
import './main.ts';

wear(css);
