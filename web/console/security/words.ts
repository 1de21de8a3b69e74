import { computed } from '@preact/signals';
import { language } from '../strings/index.ts';
import { de } from './strings/de.ts';
import { en } from './strings/en.ts';

/** The texts of what one sets up for one's own account, which come with it. */
export const securityTexts = computed(() => ({ en, de })[language.value]);
