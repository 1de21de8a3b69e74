import { describe, expect, it } from 'vitest';
import { contentOf } from '../markdown.ts';
import { filled, firstNameOf, unfilled } from './variables.ts';

describe('the variables of a canned reply', () => {
  it('are filled in, or say their fallback', () => {
    expect(filled('Hi {{user.first_name|there}}, {{ agent.name }} of {{app.name}}.', { 'agent.name': 'Kim', 'app.name': 'Lamps' })).toBe('Hi there, Kim of Lamps.');
    expect(filled('Hi {{user.first_name|there}}.', { 'user.first_name': 'Ana' })).toBe('Hi Ana.');
  });

  it('stay where nothing is known, and are told', () => {
    const text = filled('To {{user.email}} and {{user.email}}, {{ user.name | }}', { 'user.email': ' ' });
    expect(text).toBe('To {{user.email}} and {{user.email}}, {{ user.name | }}');
    expect(unfilled(text)).toEqual(['{{user.email}}', '{{ user.name | }}']);
    expect(unfilled('{{ a template of the user }}')).toEqual([]);
  });

  it('mean no Markdown: a name is a name', () => {
    const name = '[win](https://evil.example) *now*';
    expect(contentOf(filled('Hi {{user.name}}', { 'user.name': name }))).toEqual({ content: { type: 'text', markdownText: 'Hi \\[win\\](https://evil.example) \\*now\\*' } });
    expect(contentOf(filled('Hi {{user.email}}', { 'user.email': 'a_b@x.example' }))).toEqual({ text: 'Hi a_b@x.example' });
    expect(filled('Hi {{user.name}}', { 'user.name': 'Ana\n# Berg' })).toBe('Hi Ana # Berg');
  });

  it('know a first name', () => {
    expect([firstNameOf(' Ana Maria Berg'), firstNameOf('')]).toEqual(['Ana', '']);
  });
});
