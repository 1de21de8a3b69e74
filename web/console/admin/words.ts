import { computed } from '@preact/signals';
import { language } from '../strings/index.ts';
import { de } from './strings/de.ts';
import { en } from './strings/en.ts';

/** The texts of the admin pages, which come with the first of them. */
export const adminTexts = computed(() => ({ en, de })[language.value]);
